"""The pages of one case: what they show, and to whom."""

import pytest
from django.urls import reverse

PAGES = ["overview", "answers", "projects", "documents", "history"]


def address(name, case, *parts):
    return reverse(f"cases:{name}", args=[case.uuid, *parts])


@pytest.mark.parametrize("name", PAGES)
def test_page_shows_the_identity_strip_and_its_own_tab(client_for, officer, case, name):
    answer = client_for(officer).get(address(name, case))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "DEMO-TS-0001" in page
    assert "Demo Provider A Limited" in page
    assert '<p class="cp-small" lang="zh-Hant-HK">示範甲有限公司</p>' in page
    assert page.count('aria-current="page"') == 1
