"""One page type and one snippet, with the kinds of fields that ours have too."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, PageChooserBlock, RichTextBlock, StructBlock
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Orderable, Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

KINDS = [("one", "One"), ("two", "Two")]


class StockPage(Page):
    date = models.DateField(null=True, blank=True, help_text="A day.")
    is_new = models.BooleanField(default=False)
    intro = models.TextField(blank=True, help_text="One sentence.")
    text = RichTextField(blank=True)
    image = models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = StreamField(
        [
            ("text", RichTextBlock()),
            (
                "picture",
                StructBlock([("image", ImageChooserBlock()), ("caption", CharBlock(required=False))]),
            ),
            ("table", TableBlock()),
            ("links", ListBlock(StructBlock([("page", PageChooserBlock()), ("kind", ChoiceBlock(KINDS))]))),
        ],
        blank=True,
    )
    content_panels = [
        HelpPanel("<p>What this page is for.</p>"),
        *Page.content_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("is_new")]),
        MultiFieldPanel([FieldPanel("intro"), FieldPanel("text"), FieldPanel("image")], heading="Words"),
        FieldPanel("body"),
        InlinePanel("speakers", heading="Speakers", label="Speaker"),
    ]


class Speaker(Orderable):
    page = ParentalKey(StockPage, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=KINDS, default="one")

    def __str__(self):
        return self.name


class Note(models.Model):
    title = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=KINDS, default="one")
    dated = models.DateField(null=True, blank=True)
    listed = models.BooleanField(default=True)
    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("dated")]),
        MultiFieldPanel([FieldPanel("listed")], heading="Where it stands"),
    ]

    def __str__(self):
        return self.title


class NoteViewSet(SnippetViewSet):
    model = Note
    list_display = ("title", "kind", "dated", "listed")
    list_filter = ("kind", "listed")
    search_fields = ("title",)


register_snippet(NoteViewSet)
