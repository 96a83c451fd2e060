"""Cut uploads while they stream in: Django's own limit on request data does not count files."""

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from portal.files.policy import MAX_FILE_SIZE


class TooBigFile(UploadedFile):
    """Stands for a file whose content was thrown away: it has a name, and a size over every limit."""

    def __init__(self, name, size):
        super().__init__(file=None, name=name, content_type="", size=size)

    def chunks(self, chunk_size=None):
        raise ValueError("This file was cut while it was uploaded: check its size before reading it.")

    def close(self):
        pass


class CuttingUploadHandler(TemporaryFileUploadHandler):
    """Keeps a file until it is over the limit, then nothing of it.

    The rest is still read, up to the limit of the whole request (MAX_REQUEST_SIZE), so that the person gets
    the page back with the reason and with everything else that was typed.
    """

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.seen = 0

    def receive_data_chunk(self, raw_data, start):
        self.seen += len(raw_data)
        if self.seen <= MAX_FILE_SIZE:
            self.file.write(raw_data)
        elif not self.file.closed:
            self.file.close()  # deletes it

    def file_complete(self, file_size):
        if self.seen > MAX_FILE_SIZE:
            return TooBigFile(self.file_name, self.seen)
        return super().file_complete(file_size)
