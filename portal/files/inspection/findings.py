class Found(Exception):
    """Something in the file that must be refused; `code` is one of portal.files.refusals."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code
