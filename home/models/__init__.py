from .cases import CaseIndexPage, CasePage, CaseTerm
from .ceremonies import CeremonyIndexPage, CeremonyPage
from .contact import ContactPage, ContactSettings
from .content import ContentPage
from .faq import FAQPage
from .figures import Figure, FigureSet, FiguresPage
from .home import HomePage
from .moderation import SecondPersonTask
from .news import NewsIndexPage, NewsPage
from .resources import Resource, ResourceFile, ResourcesPage
from .translation import ContentChange

__all__ = [
    "CaseIndexPage",
    "CasePage",
    "CaseTerm",
    "CeremonyIndexPage",
    "CeremonyPage",
    "ContactPage",
    "ContactSettings",
    "ContentChange",
    "ContentPage",
    "FAQPage",
    "Figure",
    "FigureSet",
    "FiguresPage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "Resource",
    "ResourceFile",
    "ResourcesPage",
    "SecondPersonTask",
]
