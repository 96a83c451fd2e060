"""Why something may not be done now; the texts are fit for the page."""


class SeatError(Exception):
    """Something the person may not do now; the text is fit for the page."""


class SignUpClosed(SeatError):
    pass


class AlreadySignedUp(SeatError):
    """For the organiser's screens only: towards the public every address gets the same answer."""


class CompanyFull(SeatError):
    pass


class NoPlace(SeatError):
    pass


class OfferOver(SeatError):
    pass


class NotInvited(SeatError):
    pass
