import pytest

from applications.submissions import changes


def texts(pieces):
    return [(each.text, each.is_marked) for each in pieces]


def test_only_the_changed_words_are_marked():
    before, after = changes.marked("We clean the air.", "We clean the water.")
    assert texts(before) == [("We clean the ", False), ("air", True), (".", False)]
    assert texts(after) == [("We clean the ", False), ("water", True), (".", False)]


def test_chinese_is_compared_by_character():
    before, after = changes.marked("節省用電三成", "節省用水三成")
    assert texts(before) == [("節省用", False), ("電", True), ("三成", False)]
    assert texts(after) == [("節省用", False), ("水", True), ("三成", False)]


@pytest.mark.parametrize(("before", "after"), [("", "new"), ("old", ""), ("a" * 2000, "b" * 2000)])
def test_whole_texts_are_not_marked(before, after):
    shown = [*changes.marked(before, after)[0], *changes.marked(before, after)[1]]
    assert not any(each.is_marked for each in shown)


def project(uid, **entered):
    return {"uuid": uid, "entered": {"factory_name": "Works", **entered}}


def test_records_are_matched_by_their_identity():
    empty = {"identity": {}, "answers": {}, "files": []}
    form = {"sections": [], "documents": []}
    before = empty | {"projects": [project("a", technology="Old"), project("b")]}
    after = empty | {"projects": [project("b"), project("a", technology="New"), project("c")]}
    groups = changes.between(before, after, old_form=form, new_form=form)
    assert [group.title for group in groups] == ["Project 2: Works", "Project 3: Works (added)"]
    assert [change.label for change in groups[0].changes] == ["Technology"]


def test_files_that_stayed_are_not_marked():
    form = {
        "sections": [],
        "documents": [{"uid": "s", "name_en": "Cert", "name_zh_hant": "", "name_zh_hans": ""}],
    }
    empty = {"identity": {}, "answers": {}, "projects": []}
    files = [{"uuid": each, "slot": "s", "name": f"{each}.pdf", "sha256": each * 64} for each in "abc"]
    groups = changes.between(
        empty | {"files": files[:2]}, empty | {"files": files[1:]}, old_form=form, new_form=form
    )
    change = groups[0].changes[0]
    assert [each.text[:5] for each in change.before if each.is_marked] == ["a.pdf"]
    assert [each.text[:5] for each in change.after if each.is_marked] == ["c.pdf"]
