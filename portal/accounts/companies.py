"""The only writer of Provider and Membership, and of new RegistrationClaims.

portal.accounts.claims settles those; portal.accounts.verification says whether a registration is verified.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import Membership, Provider, RegistrationClaim, User
from portal.audit import trail
from portal.mail import outbox

PROFILE_FIELDS = (
    "name_en",
    "name_zh_hant",
    "name_zh_hans",
    "hk_registration",
    "hk_registration_expires",
    "mainland_registration",
    "address",
    "telephone",
    "website",
    "year_founded",
)
NAMES = ("name_en", "name_zh_hant", "name_zh_hans")
# What the certificate proves: changing one of these after verification takes the verification away.
IDENTITY_FIELDS = {*NAMES, "hk_registration", "mainland_registration"}


NUMBER_IS_HELD = gettext_lazy("Check the registration number, or write to the Secretariat if it is right.")


class CompanyError(ValidationError):
    """A change that cannot be made; the message is fit for the user."""


@transaction.atomic
def register_company(user: User, profile: dict) -> Provider | None:
    """Make the company with `user` as its owner; None where another company holds a number already.

    Then a claim is opened, the owner and the Secretariat are asked by mail, and nobody is named to anybody.
    `profile` holds checked values for PROFILE_FIELDS. Raises CompanyError where the person has a company.
    """
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    if user.memberships.exists():
        raise CompanyError(
            _("You belong to a company already. Leave it first, or use another email address.")
        )
    held = _holder(profile)
    if held is None:
        try:
            with transaction.atomic():
                return _create(user, profile)
        except IntegrityError:
            # Somebody else registered the number a moment ago.
            held = _holder(profile)
    _claim(user, held, profile)
    return None


@transaction.atomic
def change_profile(membership: Membership, profile: dict) -> Provider:
    """Save the profile. A changed name or number makes a verified company claimed again.

    Raises CompanyError where another company holds a number.
    """
    provider = Provider.objects.select_for_update(of=("self",), no_key=True).get(pk=membership.provider_id)
    changed = [name for name in PROFILE_FIELDS if getattr(provider, name) != profile[name]]
    if not changed:
        return provider
    if _holder(profile, other_than=provider):
        raise CompanyError(NUMBER_IS_HELD)
    for name in changed:
        setattr(provider, name, profile[name])
    if IDENTITY_FIELDS.intersection(changed):
        provider.verification = Provider.Verification.CLAIMED
        provider.verified_at = provider.verified_by = None
        changed_columns = [*changed, "verification", "verified_at", "verified_by"]
    else:
        changed_columns = changed
    try:
        with transaction.atomic():
            provider.save(update_fields=[*changed_columns, "folded_names"])
    except IntegrityError:
        # Somebody else registered the number a moment ago.
        raise CompanyError(NUMBER_IS_HELD) from None
    _record("company.changed", provider, membership.user, changed=changed)
    return provider


@transaction.atomic
def add_member(provider: Provider, user: User, role: str, *, by: User | None) -> Membership:
    """Let a person into the company. Raises CompanyError where the person has a company already."""
    role = Membership.Role(role)
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    present = user.memberships.first()
    if present and present.provider_id == provider.pk:
        return present
    if present:
        raise CompanyError(_("This person belongs to another company already."))
    membership = Membership.objects.create(provider=provider, user=user, role=role)
    _record("member.added", provider, by, to_state=role)
    return membership


@transaction.atomic
def change_role(membership: Membership, role: str, *, by: User) -> None:
    """Give a colleague another role. The owner's role changes only by handing over."""
    role = Membership.Role(role)
    membership = _lock(membership)
    if Membership.Role.OWNER in {role, membership.role}:
        raise CompanyError(_("A company has one owner. Use “hand over” to make somebody else the owner."))
    if membership.role == role:
        return
    before, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    _record("member.role_changed", membership.provider, by, from_state=before, to_state=role)
    _tell(membership, "role_changed")


@transaction.atomic
def hand_over(owner: Membership, to: Membership) -> None:
    """Make a colleague the owner; the owner before may edit and submit from then on. Both are told."""
    provider = Provider.objects.select_for_update(of=("self",), no_key=True).get(pk=owner.provider_id)
    owner, to = _lock(owner), _lock(to)
    if owner.role != Membership.Role.OWNER or to.provider_id != provider.pk or owner.pk == to.pk:
        raise CompanyError(_("Only the owner can hand the company over, and only to a colleague."))
    owner.role = Membership.Role.SUBMIT
    owner.save(update_fields=["role"])
    to.role = Membership.Role.OWNER
    to.save(update_fields=["role"])
    _record("company.handed_over", provider, owner.user)
    _tell(to, "handed_over")
    _tell(owner, "gave_over", colleague=to.user)


@transaction.atomic
def give_to(provider: Provider, user: User, *, keep_owner: bool, by: User) -> User | None:
    """Make `user` the owner by the word of an officer, and return who was the owner before.

    That person stays as a colleague who may edit, or loses the company at once. Raises CompanyError where
    `user` belongs to another company.
    """
    provider = Provider.objects.select_for_update(of=("self",), no_key=True).get(pk=provider.pk)
    before = provider.memberships.select_related("user").filter(role=Membership.Role.OWNER).first()
    to = add_member(provider, user, Membership.Role.SUBMIT, by=by)
    if to.role == Membership.Role.OWNER:
        return None
    if before and keep_owner:
        before.role = Membership.Role.EDIT
        before.save(update_fields=["role"])
    elif before:
        Membership.objects.filter(pk=before.pk).delete()
    to.role = Membership.Role.OWNER
    to.save(update_fields=["role"])
    _record("company.given", provider, by)
    return before.user if before else None


@transaction.atomic
def leave(membership: Membership) -> None:
    """Leave the company, with a mail to its owner. The owner hands over first."""
    left = _delete(membership, by=membership.user, verb="member.left")
    if left:
        _tell_owner(left.provider, "left", colleague=left.user)


@transaction.atomic
def let_go(user: User, *, by: User | None) -> None:
    """End what an account that is erased has in the company of another owner, who is told without a name."""
    for membership in user.memberships.exclude(role=Membership.Role.OWNER):
        left = _delete(membership, by=by, verb="member.left")
        if left:
            _tell_owner(left.provider, "account_ended")


@transaction.atomic
def end(owner: Membership, *, by: User | None) -> None:
    """The company of its last person goes with that person; see portal.accounts.departing.

    Where somebody else claims its number it stays for that person, without an owner.
    """
    provider = owner.provider
    Membership.objects.filter(pk=owner.pk).delete()
    _record("company.ended", provider, by)
    if not provider.claims.filter(state=RegistrationClaim.State.OPEN).exists():
        provider.delete()


@transaction.atomic
def remove(membership: Membership, *, by: User) -> None:
    """Take a colleague out of the company, with a mail to the colleague."""
    membership = _delete(membership, by=by, verb="member.removed")
    if membership:
        _tell(membership, "removed")


def _create(user, profile):
    provider = Provider.objects.create(**profile)
    Membership.objects.create(provider=provider, user=user, role=Membership.Role.OWNER)
    _record("company.registered", provider, user)
    outbox.put(
        "company.registered",
        key=f"company-registered:{provider.uuid}",
        to=user.email,
        language=user.language,
        template="accounts/emails/company_registered",
        context={"person": user, "provider": provider},
        about=provider.uuid,
    )
    return provider


def _claim(user, provider, profile):
    details = {name: str(value or "") for name, value in profile.items()}
    claim, is_new = RegistrationClaim.objects.get_or_create(
        provider=provider,
        claimant=user,
        state=RegistrationClaim.State.OPEN,
        defaults={"details": details},
    )
    if not is_new:
        return
    trail.record("registration.claimed", obj_kind="claim", obj_uuid=claim.uuid, actor=user)
    owner = provider.memberships.select_related("user").filter(role=Membership.Role.OWNER).first()
    readers = [("claimant", user.email, user.language), ("secretariat", settings.SECRETARIAT_EMAIL, "en")]
    if owner:
        readers.append(("owner", owner.user.email, owner.user.language))
    for reader, address, language in readers:
        outbox.put(
            f"registration_claim.{reader}",
            key=f"registration-claim:{claim.uuid}:{reader}",
            to=address,
            language=language,
            template=f"accounts/emails/registration_claim_{reader}",
            context={"provider": provider, "claim": claim},
            about=claim.uuid,
        )


def _holder(profile, other_than=None):
    held = Q()
    for name in ("hk_registration", "mainland_registration"):
        if profile[name]:
            held |= Q(**{name: profile[name]})
    if not held:
        return None
    found = Provider.objects.filter(held)
    return (found.exclude(pk=other_than.pk) if other_than else found).order_by("pk").first()


def _lock(membership):
    locked = Membership.objects.select_for_update(of=("self",), no_key=True)
    found = locked.select_related("provider", "user").filter(pk=membership.pk).first()
    if found is None:
        raise CompanyError(_("This person does not belong to the company any more."))
    return found


def _delete(membership, *, by, verb):
    locked = Membership.objects.select_for_update(of=("self",))
    found = locked.select_related("provider", "user").filter(pk=membership.pk).first()
    if found is None:
        return None
    if found.role == Membership.Role.OWNER:
        raise CompanyError(_("The owner cannot leave. Hand the company over to a colleague first."))
    Membership.objects.filter(pk=found.pk).delete()
    _record(verb, found.provider, by, from_state=found.role)
    return found


def _record(verb, provider, actor, **details):
    trail.record(verb, obj_kind="provider", obj_uuid=provider.uuid, actor=actor, **details)


def _tell_owner(provider, what, **about):
    owners = provider.memberships.select_related("provider", "user").filter(role=Membership.Role.OWNER)
    for owner in owners:
        _tell(owner, what, **about)


def _tell(membership, what, colleague=None):
    """`colleague` is whom the mail is about: the key says who, and the name is filled in when it leaves."""
    event = trail.record("member.told", obj_kind="provider", obj_uuid=membership.provider.uuid, to_state=what)
    outbox.put(
        f"member.{what}",
        key=f"membership-{what}:{event.pk}" + (f":{colleague.uuid}" if colleague else ""),
        to=membership.user.email,
        language=membership.user.language,
        template=f"accounts/emails/membership_{what}",
        context={"person": membership.user, "provider": membership.provider, "membership": membership},
        about=membership.provider.uuid,
    )
