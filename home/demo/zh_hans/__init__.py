from . import cases, pages, service

PAGES = {**pages.PAGES, **service.PAGES, **cases.PAGES}
CONTACT = service.CONTACT
