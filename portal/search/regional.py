"""The same thing in the words of Hong Kong, the Mainland and Taiwan: 軟件, 软件 and 軟體; 質素 and 质量.

Only what is typed gets its other words: entries stay as they were written, and fold as they always did.
"""

from functools import lru_cache

from opencc import OpenCC

from portal.search.folding import to_simplified, to_traditional

# Simplified, as the search folds. Words of one row mean the same wherever this site uses them.
# Not here: 废水 and 污水 (effluent of a factory, sewage), 省电 and 节能 (electricity, energy of all kinds).
SAME = (
    ("质素", "质量", "品质"),
    ("电邮", "电子邮件"),
    ("短讯", "短信", "简讯"),
    ("冷气", "空调"),
    ("数码化", "数字化", "数位化"),
    ("节能", "节约能源"),
    ("节电", "省电", "悭电"),
    ("挥发性有机化合物", "挥发性有机物"),
    ("线路板", "电路板"),
    ("投影片", "幻灯片"),
)
# The converter knows these as words of computing; here they are procedures, papers, particulars, help, and
# ways to attend.
LEFT_ALONE = ("程序", "程式", "进程", "文件", "档案", "文档", "资料", "数据", "支持", "支援", "线上", "在线")
MOST = 6

_to_taiwan = OpenCC("s2twp")
_from_taiwan = OpenCC("tw2sp")


@lru_cache(maxsize=1024)
def others(text: str) -> tuple[str, ...]:
    """What was typed with the words of the other regions, in Simplified; nothing where they are the same."""
    own = to_simplified.convert(text)
    found = {}
    for each in (own, *_converted(own)):
        found[each] = None
        found |= dict.fromkeys(_with_same(each))
    return tuple(each for each in found if each != own)[:MOST]


def _converted(own):
    if any(word in own for word in LEFT_ALONE):
        return []
    in_taiwan = to_simplified.convert(_to_taiwan.convert(own))
    from_taiwan = _from_taiwan.convert(to_traditional.convert(own))
    return [in_taiwan, to_simplified.convert(from_taiwan)]


def _with_same(text):
    for row in SAME:
        # The longest first: 节约能源 is no 节能 with more.
        word = next((each for each in sorted(row, key=len, reverse=True) if each in text), None)
        if word:
            yield from (text.replace(word, each) for each in row if each != word)
