"""What editors may upload as a document: what its name says it is, and safe to open."""

from tempfile import NamedTemporaryFile

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm

from portal.files import structure
from portal.files.policy import EXTENSIONS, SlotPolicy
from portal.files.refusals import Refused, message_for


class PaperForm(BaseDocumentForm):
    def clean_file(self):
        file = self.cleaned_data["file"]
        # What was kept before was looked at then.
        if isinstance(file, UploadedFile):
            _look_at(file)
        return file


def _look_at(file):
    type_code = EXTENSIONS.get(file.name.rpartition(".")[2].lower())
    if type_code is None:
        # Refused by the model, which knows the endings that the settings allow.
        return
    with NamedTemporaryFile() as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        file.seek(0)
        try:
            structure.check(copy.name, type_code)
        except Refused as refused:
            policy = SlotPolicy(types=(type_code,))
            raise ValidationError(message_for(refused.code, name=file.name, policy=policy)) from None
