"""Cut uploads while they stream in: Django's own limit on request data does not count files."""

from contextlib import suppress

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from portal.files.policy import MAX_FILE_SIZE


class LostFile(UploadedFile):
    """Stands for a file whose content is not there. Whoever reads it learns why."""

    def __init__(self, name, size, why):
        super().__init__(file=None, name=name, content_type="", size=size)
        self.why = why

    def chunks(self, chunk_size=None):
        raise self.why

    def close(self):
        pass


class CuttingUploadHandler(TemporaryFileUploadHandler):
    """Keeps a file until it is over the limit, or the disk takes no more of it; then nothing of it.

    The rest is still read, up to the limit of the whole request (MAX_REQUEST_SIZE), so that the person gets
    the page back with the reason and with everything else that was typed.
    """

    def new_file(self, *args, **kwargs):
        self.seen, self.failure = 0, None
        try:
            super().new_file(*args, **kwargs)
        except OSError as failure:
            self.failure = failure

    def receive_data_chunk(self, raw_data, start):
        self.seen += len(raw_data)
        if self.failure:
            return
        if self.seen > MAX_FILE_SIZE:
            self._throw_away(ValueError("This file was cut while it was uploaded: check its size first."))
            return
        try:
            self.file.write(raw_data)
        except OSError as failure:
            self._throw_away(failure)

    def file_complete(self, file_size):
        if self.failure is None:
            try:
                return super().file_complete(file_size)
            except OSError as failure:
                self._throw_away(failure)
        return LostFile(self.file_name, self.seen, self.failure)

    def _throw_away(self, why):
        self.failure = why
        with suppress(OSError):  # what could not be written is tried once more on closing
            self.file.close()  # deletes it
