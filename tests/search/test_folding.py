import pytest

from portal.search.folding import fold, script_of, tokens, ways_to_write

SAME = [
    ("清潔生產夥伴計劃", "清洁生产伙伴计划"),
    ("標誌", "标志"),
    ("標志", "标志"),
    ("裏裡里", "里里里"),
    ("臺檯颱", "台台台"),
    ("着手", "著手"),
    ("衞生", "卫生"),
    ("回覆", "回复"),
    ("ＩＳＯ　１４００１", "iso 14001"),
    ("ISO14001", "iso-14001"),
    ("CO₂", "co2"),
    ("Café CAFÉ", "cafe cafe"),
    ("cafe\u0301", "café"),
    ("Hong Kong–Guangdong", "hong kong - guangdong"),
    ("organised organisations", "organized organizations"),
    ("programme", "Program"),
    ("the company’s", "the company's"),
    ("pro\u00adgramme\u200b", "programme"),
    ("\uf900", "豈"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_means_the_same_folds_alike(one, other):
    assert fold(one) == fold(other) != "  "


def test_words_are_stems_and_chinese_is_pairs():
    assert fold("Certificates of 清潔生產, 第5條 𨋢") == " certif of 清洁 洁生 生产 第 5 条 䢂 "


def test_every_token_knows_its_place_in_the_text():
    text = "㎡ of ﬁlters，裏面 CAFÉ"

    assert [(token.text, text[token.start : token.end]) for token in tokens(text)] == [
        ("m", "㎡"),
        ("2", "㎡"),
        ("of", "of"),
        ("filter", "ﬁlters"),
        ("里面", "裏面"),
        ("cafe", "CAFÉ"),
    ]


def test_signs_alone_are_nothing():
    assert tokens(" %_\\'\"—。，\0\n") == []


@pytest.mark.parametrize(
    ("text", "script"), [("標誌", "zh-hant"), ("标志", "zh-hans"), ("香港", ""), ("label", "")]
)
def test_script_is_told_where_it_shows(text, script):
    assert script_of(text) == script


def test_ways_to_write_hold_every_form_of_what_occurs_and_nothing_else():
    clock, chen = ways_to_write(["鍾大文", "Demo Ken", "陈大文"]).split()
    assert clock[0] == "钟" and {"鍾", "鐘"} < set(clock) and chen == "陈陳"
    assert ways_to_write(["Demo Ken", "大文"]) == ways_to_write([]) == ""
    for group in ways_to_write(["後周鄭葉範于餘嶽衞許國榮"]).split():
        assert {fold(char) for char in group} == {fold(group[0])}, "as the search of the portal has it"
