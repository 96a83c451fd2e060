"""What editors do by mistake: each is told in a sentence, and nothing is lost."""

import io
import json
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Drawing
from wagtail.blocks import StructBlockValidationError
from wagtail.images import get_image_model
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.blocks import PictureBlock
from home.models import ContentPage
from tests.home.conftest import publish, upload_at
from tests.services.people import person

Image = get_image_model()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


@pytest.fixture
def at_desk(client_for, editor, homes, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return client_for(editor)


@pytest.fixture
def leaflet(homes):
    leaflet = ContentPage(title="Leaflet", slug="leaflet", locale=homes["en"].locale, lead="First words")
    return publish(homes["en"].add_child(instance=leaflet))


def png_of(width, height):
    """A picture that says how large it is, and holds nothing."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def small_png():
    file = io.BytesIO()
    Drawing.new("RGB", (8, 6), "teal").save(file, "PNG")
    return file.getvalue()


def upload(at_desk, name, content):
    return upload_at("wagtailimages:add_multiple", at_desk, name, content)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("large.png", png_of(10_000, 6_000), "This picture has 60 megapixels, and at most 50 are taken."),
        ("bomb.png", png_of(60_000, 60_000), "megapixels, and at most 50 are taken."),
        ("drawing.svg", SVG, "Not a supported image format. Supported formats: GIF, JPG, JPEG, PNG, WEBP."),
        ("drawing.png", SVG, "The extension does not match the file format (svg)"),
        ("report.jpg", PDF, "This file cannot be read as a picture"),
        ("cut.png", small_png()[:40], "This file cannot be read as a picture"),
        ("text.gif", b"GIF89a and then words", "This file cannot be read as a picture"),
        ("empty.jpg", b"", "The submitted file is empty."),
    ],
    ids=lambda each: each if isinstance(each, str) and "." in each[:-1] and " " not in each else "",
)
def test_what_is_no_usable_picture_is_refused_with_a_sentence(at_desk, name, content, sentence):
    assert sentence in upload(at_desk, name, content)
    assert not Image.objects.exists()


def test_refused_picture_leaves_what_was_typed_beside_it(at_desk):
    file = SimpleUploadedFile("large.png", png_of(10_000, 6_000))
    fields = {"title": "Kept title", "description": "Kept words", "collection": "1", "tags": "", "file": file}

    response = at_desk.post(reverse("wagtailimages:add"), fields)

    html = response.content.decode()
    assert "4,000 pixels on its longer side are enough" in html
    assert "Kept title" in html and "Kept words" in html


def test_good_picture_is_taken_and_keeps_its_hint(at_desk):
    assert upload(at_desk, "good.png", small_png()) == ""
    assert Image.objects.get().width == 8
    assert "Maximum filesize: 20.0" in at_desk.get(reverse("wagtailimages:add")).content.decode()


def form_of(leaflet, lead, **fields):
    body = fields.pop("body", [])
    data = {"title": leaflet.title, "slug": leaflet.slug, "lead": lead, "notice": "", "show_contents": "on"}
    return nested_form_data({**data, "body": streamfield(body), "comments": inline_formset([]), **fields})


def test_text_from_elsewhere_keeps_only_what_texts_may_have(at_desk, leaflet):
    """The editor's own filter is in the browser; the server trusts nobody's browser."""
    words = "Bold and red, a picture, a link <o:p>typed</o:p>"
    styles = [(0, 4, "BOLD"), (9, 3, "UNDERLINE"), (9, 3, "COLOR-RED")]
    block = {
        "key": "a",
        "text": words,
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [
            {"offset": offset, "length": length, "style": style} for offset, length, style in styles
        ],
        "entityRanges": [{"offset": 25, "length": 6, "key": 0}],
        "data": {"style": "mso-fareast-language:ZH-TW", "class": "MsoNormal"},
    }
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}
    pasted = json.dumps({"blocks": [block], "entityMap": {"0": link}})

    address = reverse("wagtailadmin_pages:edit", args=[leaflet.pk])
    assert at_desk.post(address, form_of(leaflet, "Lead", body=[("text", pasted)])).status_code == 302

    leaflet.refresh_from_db()
    html = str(leaflet.get_latest_revision_as_object().body[0].value)
    assert "<b>Bold</b> and red" in html and "&lt;o:p&gt;typed" in html
    for left_out in ("style", "class", "Mso", "<u", "javascript", "<o:p"):
        assert left_out not in html


def test_publisher_is_told_of_drafts_that_wait_in_other_languages(at_desk, leaflet, homes):
    chinese = {}
    for language in ("zh-hant", "zh-hans"):
        other = ContentPage(
            title="單張",
            slug="leaflet",
            locale=homes[language].locale,
            translation_key=leaflet.translation_key,
        )
        chinese[language] = publish(homes[language].add_child(instance=other))
    address = reverse("wagtailadmin_pages:edit", args=[leaflet.pk])
    publishing = {"action-publish": "1"}
    waits = "do not see this yet"

    assert (
        waits
        not in at_desk.post(address, form_of(leaflet, "One", **publishing), follow=True).content.decode()
    )
    draft = chinese["zh-hans"]
    draft.lead = "草稿"
    draft.save_revision()
    html = at_desk.post(address, form_of(leaflet, "Two", **publishing), follow=True).content.decode()
    assert "Readers of 简体中文 do not see this yet" in html
    assert reverse("wagtailadmin_pages:edit", args=[draft.pk]) in html

    chinese["zh-hant"].unpublish()
    html = at_desk.post(address, form_of(leaflet, "Three", **publishing), follow=True).content.decode()
    assert "繁體中文, 简体中文 do not see this yet" in html
    # A draft of one's own is no news for readers.
    assert waits not in at_desk.post(address, form_of(leaflet, "Four"), follow=True).content.decode()


def test_second_of_two_editors_hears_what_was_saved_over_and_finds_it_again(at_desk, client_for, leaflet):
    other_person = person("other editor", role="editor")
    address = reverse("wagtailadmin_pages:edit", args=[leaflet.pk])
    opened = leaflet.get_latest_revision()
    loaded = {
        "loaded_revision_id": str(opened.pk),
        "loaded_revision_created_at": opened.created_at.isoformat(),
    }

    first = client_for(other_person).post(
        address, form_of(leaflet, "Words of the first", **loaded), follow=True
    )
    second = at_desk.post(address, form_of(leaflet, "Words of the second", **loaded), follow=True)

    assert "after you had opened it" not in first.content.decode()
    told = second.content.decode()
    assert "saved this page at" in told and "the other one is kept" in told
    kept, newest = leaflet.revisions.order_by("-created_at")[1], leaflet.revisions.order_by("-created_at")[0]
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[leaflet.pk, kept.pk, newest.pk])
    assert compare in told
    assert (kept.content["lead"], newest.content["lead"]) == ("Words of the first", "Words of the second")
    comparison = at_desk.get(compare).content.decode()
    assert "first" in comparison and "second" in comparison


@pytest.fixture
def picture(at_desk):
    return Image.objects.create(title="IMG_0042", file=SimpleUploadedFile("IMG_0042.png", small_png()))


def test_name_of_a_file_is_no_description_of_a_picture(picture):
    block = PictureBlock()

    def is_taken(words, *, decorative=False):
        picture.contextual_alt_text, picture.decorative = words, decorative
        try:
            return block.clean(picture) is picture
        except StructBlockValidationError as error:
            assert set(error.block_errors) == {"alt_text"}
            return False

    for words in ("IMG_0042", "DSC00042", "dsc-0042a", "微信图片_2026", "visit.JPG", ""):
        assert not is_taken(words), words
    for words in ("Guests at the door", "2026年頒獎典禮合照", "CO2 meter", "Lines A_1 and A_2"):
        assert is_taken(words), words
    assert is_taken("IMG_0042", decorative=True)
    # A draft may wait for its sentence.
    block.defer_required_validation()
    assert is_taken("IMG_0042")


def test_nobody_is_told_of_what_the_editor_saved_by_itself(at_desk, leaflet):
    address = reverse("wagtailadmin_pages:edit", args=[leaflet.pk])
    opened = leaflet.get_latest_revision()
    loaded = {
        "loaded_revision_id": str(opened.pk),
        "loaded_revision_created_at": opened.created_at.isoformat(),
    }
    saved = at_desk.post(address, form_of(leaflet, "Half", **loaded), headers={"accept": "application/json"})
    assert saved.json()["success"]

    sent = form_of(leaflet, "Whole", **loaded, **{"action-publish": "1"})
    told = at_desk.post(address, sent, follow=True).content.decode()

    assert "has been published" in told and "after you had opened it" not in told


def test_each_of_two_editors_is_shown_that_the_other_is_there(at_desk, client_for, leaflet, root):
    def ping(client, session=0):
        address = reverse(
            "wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", str(leaflet.pk), session]
        )
        return client.post(address, {"is_editing": "1", "revision_id": leaflet.latest_revision_id}).json()

    other = client_for(root)
    ping(other)
    seen = ping(at_desk)
    assert [each["is_editing"] for each in seen["other_sessions"]] == [True]

    other.post(reverse("wagtailadmin_pages:edit", args=[leaflet.pk]), form_of(leaflet, "Saved meanwhile"))

    newest = leaflet.revisions.order_by("-created_at").first().pk
    seen = ping(at_desk, seen["session_id"])
    assert [each["revision_id"] for each in seen["other_sessions"]] == [newest]
