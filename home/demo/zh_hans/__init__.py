from . import cases, ceremonies, pages, service

PAGES = {**pages.PAGES, **service.PAGES, **cases.PAGES, **ceremonies.PAGES}
CONTACT = service.CONTACT
