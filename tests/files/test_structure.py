import resource
import time

import pytest

from portal.files import refusals, structure
from portal.files.refusals import Refused
from tests.files import corpus, makers

BOMBS = [case for case in corpus.HOSTILE if case.code in {"unsafe", "image_too_large", "too_many_pages"}]


@pytest.mark.parametrize("case", BOMBS, ids=lambda case: case.id)
def test_bomb_is_refused_quickly_and_in_little_memory(case, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(case.make())
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with pytest.raises(Refused) as caught:
        structure.check(path, case.name.rpartition(".")[2])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert caught.value.code == case.code
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2


def test_file_that_eats_time_is_given_up(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(makers.pdf())
    monkeypatch.setattr(structure, "TIMEOUT", 0.001)
    started = time.monotonic()
    with pytest.raises(Refused) as caught:
        structure.check(path, "pdf")
    assert caught.value.code == refusals.UNSAFE and time.monotonic() - started < 5


def test_file_that_eats_memory_kills_only_the_inspection(tmp_path):
    """An object stream of 4 GB of spaces: within a few MB of file, far over the inspection's gigabyte."""
    path = tmp_path / "file"
    path.write_bytes(makers.pdf_with_huge_object_stream())
    with pytest.raises(Refused) as caught:
        structure.check(path, "pdf")
    assert caught.value.code in {refusals.UNSAFE, refusals.DAMAGED}
