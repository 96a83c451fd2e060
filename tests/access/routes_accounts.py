"""Sign-in, company and people."""

from portal.accounts import data_copies, invitations
from portal.accounts.models import UnsentForm
from tests.access.engine import (
    COMPANY,
    GONE,
    HIDDEN,
    MOVED,
    NOBODY,
    OPEN,
    OWN,
    Route,
    company,
    expect,
    members,
    public,
)

COLLEAGUES = "submitter colleague viewer"


def build(world):
    owner = world.user("owner").memberships.get()
    world.invitation = invitations.invite_colleague(
        owner, email=f"guest{world.mark}@people.example".lower(), role="view", language="en"
    )
    world.data_copy = data_copies.order(owner.user)
    data_copies.make.call(str(world.data_copy.uuid))
    address = "/en/company/profile/change/"
    world.unsent = UnsentForm.objects.create(user=owner.user, path=address, page=address, fields=[])


def person(code):
    return lambda world: {"person": world.user(code).uuid}


def kept_for_owner(world):
    return {"uuid": world.unsent.uuid}


def owner_only(outcome=OPEN):
    """Colleagues are refused; whoever has no company finds nothing; another owner has an own company."""
    return company("owner", denied=COLLEAGUES, outcome=outcome)


def own_company(outcome=OPEN):
    """The address names no company: everybody sees the own one, people without a company are sent on."""
    return expect(MOVED, **{outcome: f"{COMPANY} outsider"}, sign_in=NOBODY)


def owner_of_any(outcome=OPEN, without=MOVED):
    return expect(without, **{outcome: "owner outsider"}, denied=COLLEAGUES, sign_in=NOBODY)


entrance = expect(MOVED, open=NOBODY)  # signed-in people are sent on
ROUTES = [
    Route("accounts:home", get=members()),
    Route("accounts:after_sign_in", get=members(MOVED)),
    Route("accounts:profile", get=members(), post=members()),
    Route("accounts:own_data", get=members()),
    Route("accounts:own_data_order", post=members(MOVED)),
    Route(
        "accounts:own_data_download",
        lambda world: {"uuid": world.data_copy.uuid},
        get=expect(HIDDEN, open="owner", sign_in=NOBODY),
    ),
    Route("accounts:session", get=expect(OPEN, denied=NOBODY), post=expect(OPEN, denied=NOBODY)),
    Route("accounts:unsent", kept_for_owner, get=expect(HIDDEN, open="owner", sign_in=NOBODY)),
    Route(
        "accounts:unsent_throw_away",
        kept_for_owner,
        get=public("method"),
        post=expect(HIDDEN, moved="owner", sign_in=NOBODY),
    ),
    Route("accounts:erase", get=members(), post=members()),
    Route(
        "accounts:register",
        get=expect(OPEN, moved=f"{COMPANY} outsider", sign_in=NOBODY),
        post=expect(OPEN, moved=f"{COMPANY} outsider", sign_in=NOBODY),
    ),
    Route("accounts:registered", get=members()),
    Route("accounts:company", get=own_company()),
    Route("accounts:company_change", get=owner_of_any(), post=owner_of_any()),
    Route(
        "accounts:member_invite",
        get=owner_of_any(without="hidden"),
        post=owner_of_any(without="hidden"),
    ),
    Route("accounts:member_role", person("viewer"), get=owner_only(), post=owner_only()),
    Route("accounts:member_remove", person("viewer"), get=owner_only(), post=owner_only(MOVED)),
    Route("accounts:hand_over", person("viewer"), get=owner_only(), post=owner_only(MOVED)),
    Route(
        "accounts:invitation_revoke",
        lambda world: {"invitation": world.invitation.uuid},
        get=public("method"),
        post=owner_only(MOVED),
    ),
    Route(
        "accounts:leave",
        get=company(f"{COMPANY} outsider"),
        post=company(f"{COMPANY} outsider", outcome=MOVED),
    ),
    Route(
        "accounts:join",
        lambda world: {"token": invitations.token_of(world.invitation)},
        get=expect("denied", open=NOBODY),
        post=expect("denied", open=NOBODY),
    ),
    Route("accounts:join", lambda world: {"token": "0" * 64}, get=public(GONE), post=public(GONE)),
    # Before Wagtail's own doors.
    Route("shadow_admin_login", get=public("sign in"), post=public("sign in")),
    Route("shadow_admin_logout", get=public(MOVED), post=public(MOVED)),
    Route("shadow_admin_password_reset", lambda world: {"rest": ""}, get=public(MOVED), post=public(MOVED)),
    Route("shadow_frontend_login", get=public("sign in"), post=public("sign in")),
]

# django-allauth. Its pages look at the session only, so few people are enough.
PEOPLE = ("anonymous", "owner", "officer", "closed", "unenrolled", "unconfirmed")


def allauth(name, get=None, post=None, **options):
    return Route(name, get=get, post=post, people=PEOPLE, **options)


ROUTES += [
    *(
        allauth(name, entrance, entrance)
        for name in ("account_login", "account_signup", "account_request_login_code")
    ),
    allauth("account_logout", expect(OPEN, moved=NOBODY), public(MOVED)),
    allauth("account_inactive", public()),
    allauth("account_reset_password", public(), public()),
    allauth("account_password_reset_completed", public()),
    # Steps that nobody can enter from the side: a sign-in or reset must be under way in this session.
    *(
        allauth(name, expect(MOVED, sign_in=NOBODY), expect(MOVED, sign_in=NOBODY))
        for name in ("account_confirm_login_code", "mfa_authenticate")
    ),
    allauth("account_email_verification_sent", expect(OWN, sign_in=NOBODY), expect(OWN, sign_in=NOBODY)),
    allauth("account_confirm_password_reset_code", public("sign in"), public("sign in")),
    allauth("account_complete_password_reset", public(OWN), public(OWN)),
    allauth("mfa_login_webauthn", public(OWN), public(OWN)),
    *(
        allauth(name, members(OWN), members(OWN))
        for name in (
            "account_email",
            "account_change_password",
            "account_set_password",
            "account_reauthenticate",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_add_webauthn",
            "mfa_generate_recovery_codes",
            "mfa_view_recovery_codes",
            "mfa_download_recovery_codes",
        )
    ),
    allauth("mfa_index", members()),
    allauth("mfa_list_webauthn", members()),
    *(
        allauth(name, members(HIDDEN), members(HIDDEN), kwargs=lambda world: {"pk": 1_000_000})
        for name in ("mfa_edit_webauthn", "mfa_remove_webauthn")
    ),
]
