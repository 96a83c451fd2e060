from . import pages, service

PAGES = {**pages.PAGES, **service.PAGES}
CONTACT = service.CONTACT
