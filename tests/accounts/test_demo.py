import pytest
from django.core.management import CommandError, call_command

from portal.accounts import companies, demo
from portal.accounts.models import Membership, Provider, User

pytestmark = pytest.mark.django_db


def test_demo_people_and_companies_stand_once_however_often_loaded():
    demo.load()
    demo.load()

    assert User.objects.count() == len(demo.DEMO_PEOPLE)
    assert {each.email.rpartition("@")[2] for each in User.objects.all()} == {demo.DEMO_DOMAIN}
    assert Provider.objects.count() == 2
    for provider in Provider.objects.all():
        assert "Demo" in provider.name_en
        assert provider.memberships.filter(role="owner").count() == 1
    for person in demo.DEMO_PEOPLE:
        user = User.objects.get(email=person.email)
        assert user.check_password(demo.DEMO_PASSWORD)
        assert user.role_codes == ({person.role} if person.role else set())


def test_demo_code_opens_the_second_step(settings, capsys):
    settings.DEMO = True
    demo.load()

    call_command("demo_code", "officer")

    code = capsys.readouterr().out.strip()
    officer = User.objects.get(email="officer@demo.example")
    assert officer.authenticator_set.get(type="totp").wrap().validate_code(code)


def test_demo_code_is_for_a_demonstration_only():
    with pytest.raises(CommandError, match="DEMO is off"):
        call_command("demo_code", "officer")


def test_demo_code_says_who_has_one(settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="officer"):
        call_command("demo_code", "nobody")


def test_second_start_leaves_alone_what_people_have_changed():
    demo.load()
    owner, colleague = (Membership.objects.get(user=demo._user(code)) for code in ("owner", "colleague"))
    companies.hand_over(owner, colleague)
    owner.refresh_from_db()
    companies.leave(owner)
    Provider.objects.filter(pk=owner.provider_id).update(name_en="Another name")
    before = set(Membership.objects.values_list("user", "provider", "role"))

    demo.load()

    assert set(Membership.objects.values_list("user", "provider", "role")) == before
    assert Provider.objects.count() == len(demo.COMPANIES)
