"""Files of past seminars: for everybody, and behind a person's own link."""

from django.views.decorators.http import require_safe

from portal.files import delivery
from seminars import permissions
from seminars.views.answers import private


@require_safe
def public(request, uuid, material_uuid):
    return delivery.respond(permissions.get_public_material(uuid, material_uuid), request)


@require_safe
@private
def own(request, uuid, token, material_uuid):
    return delivery.respond(permissions.get_own_material(uuid, token, material_uuid), request)
