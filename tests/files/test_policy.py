import pytest
from django.utils import translation

from portal.files.policy import MEGABYTE, SlotPolicy, size_text


@pytest.mark.parametrize(
    ("language", "one", "several"),
    [
        ("en", "One file: PDF, up to 10 MB.", "Up to 3 files: PDF, JPG or PNG, each up to 2.5 MB."),
        ("zh-hant", "一個檔案：PDF，不超過10 MB。", "最多3個檔案：PDF、JPG 或 PNG，每個不超過2.5 MB。"),
        ("zh-hans", "一个文件：PDF，不超过10 MB。", "最多3个文件：PDF、JPG 或 PNG，每个不超过2.5 MB。"),
    ],
)
def test_limits_are_told_from_the_constants_that_are_enforced(language, one, several):
    with translation.override(language):
        assert SlotPolicy(types=("pdf",), max_size=10 * MEGABYTE).limits == one
        policy = SlotPolicy(types=("pdf", "jpg", "png"), max_size=5 * MEGABYTE // 2, max_count=3)
        assert policy.limits == several


def test_accept_names_every_extension():
    assert SlotPolicy(types=("pdf", "jpg")).accept == ".pdf,.jpg,.jpeg"


@pytest.mark.parametrize(
    "options",
    [{"types": ()}, {"types": ("exe",)}, {"max_size": 21 * MEGABYTE}, {"max_size": 0}, {"max_count": 0}],
)
def test_policy_that_cannot_hold_is_refused(options):
    with pytest.raises(ValueError, match="file"):
        SlotPolicy(**options)


@pytest.mark.parametrize(
    ("size", "text"),
    [(1, "1 KB"), (1024, "1 KB"), (1025, "2 KB"), (MEGABYTE, "1 MB"), (20 * MEGABYTE + 1, "20.1 MB")],
)
def test_size_is_rounded_up(size, text):
    assert size_text(size) == text
