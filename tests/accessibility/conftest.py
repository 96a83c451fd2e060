import logging

import pytest
from allauth.account.models import EmailAddress
from django.db.models import F, Value
from django.db.models.functions import Concat

from applications.models import Round
from portal import demo
from portal.accounts.models import User
from tests.access.world import kept_for_a_module, make_furnished_world
from tests.accessibility.window import Window

NAMES = ("name_en", "name_zh_hant", "name_zh_hans")


@pytest.fixture(scope="module")
def furnished(django_db_setup, django_db_blocker):
    """The demonstration, and beside it everybody and everything of the route matrix."""
    with kept_for_a_module(django_db_blocker):
        demo.load_all()
        # The cast of the matrix has the same addresses.
        for model in (User, EmailAddress):
            model.objects.update(email=Concat(Value("shown-"), F("email")))
        made = make_furnished_world()
        # Rounds of the matrix bear one name, which rounds of life do not.
        for each in Round.objects.all():
            names = {name: f"{getattr(each, name)} {each.pk}" for name in NAMES}
            Round.objects.filter(pk=each.pk).update(**names)
        yield made


@pytest.fixture
def world(furnished, db, settings):
    settings.DEMO = True
    settings.EMAIL_BACKEND = "portal.mail.backend.OutboxBackend"
    logging.disable(logging.CRITICAL)
    yield furnished
    logging.disable(logging.NOTSET)


@pytest.fixture
def window(world, browser, browser_context_args):
    context = browser.new_context(**browser_context_args)
    context.set_default_timeout(20_000)
    yield Window(context, world)
    context.close()
