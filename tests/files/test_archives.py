"""An archive of any size is sent without standing in memory."""

import io
import subprocess
import sys
import zipfile

import pytest
from django.conf import settings

from portal.files.archives import Member, Names, segment, stream

MEASURE = """
import os, resource, django
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
django.setup()
from portal.files.archives import CHUNK, Member, stream

def members():
    for number in range(12):
        yield Member(f"{number}.pdf", (os.urandom(CHUNK) for _ in range(40)))

before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
sent = sum(len(piece) for piece in stream(members()))
print(sent // 2**20, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_memory_does_not_grow_with_the_archive():
    run = subprocess.run(
        [sys.executable, "-c", MEASURE], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    sent, grown = map(int, run.stdout.split())
    assert sent >= 120
    assert grown <= 30


def test_archive_of_files_and_texts_is_whole():
    members = [
        Member("a/報告.pdf", [b"%PDF", b"-1.7"]),
        Member("a/b.txt", ["文字".encode()], is_text=True),
        Member("empty", []),
    ]
    found = zipfile.ZipFile(io.BytesIO(b"".join(stream(members))))
    assert found.testzip() is None
    assert {name: found.read(name) for name in found.namelist()} == {
        "a/報告.pdf": b"%PDF-1.7",
        "a/b.txt": "文字".encode(),
        "empty": b"",
    }


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("報" * 255, "報" * 80),
        ("報" * 251 + ".pdf", "報" * 78 + ".pdf"),
        ("x報" * 60 + ".docx", "x報" * 47 + "x.docx"),
        ("𨋢" * 120 + ".pdf", "𨋢" * 59 + ".pdf"),
        ("x" * 255 + ".pdf", "x" * 96 + ".pdf"),
        ("報告." + "告" * 255, "報告." + "告" * 77),
    ],
)
def test_a_name_of_many_characters_is_cut_to_what_file_systems_take(tmp_path, typed, found):
    assert segment(typed) == found
    names = Names()
    for name in (names.of("", typed), names.of("", typed)):
        (tmp_path / name).write_bytes(b"")
