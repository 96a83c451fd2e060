from portal.accounts.models.data_copy import DataCopy
from portal.accounts.models.invitation import Invitation
from portal.accounts.models.provider import Membership, Provider, RegistrationCheck, RegistrationClaim
from portal.accounts.models.unsent import UnsentForm
from portal.accounts.models.user import Role, StaffRole, User

__all__ = [
    "DataCopy",
    "Invitation",
    "Membership",
    "Provider",
    "RegistrationCheck",
    "RegistrationClaim",
    "Role",
    "StaffRole",
    "UnsentForm",
    "User",
]
