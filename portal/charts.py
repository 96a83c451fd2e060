"""Charts drawn on the server as SVG, each beside the table of its numbers (templates/components/chart.html).

Widths are per cent and heights are pixels, so that text keeps its size on every screen. What columns
say stands in the drawing; lying bars have their words beside them, which wrap.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

HEIGHT, BASELINE = 190, 160
# A mark at the end of the longest bar stays inside the drawing.
LONGEST = 98
# Under upright bars: a label for each would not fit.
MOST_LABELS = 4


@dataclass(frozen=True)
class Bar:
    """One value. `limit` draws a mark to compare it with; `tone` is "" or "bad"."""

    label: str
    value: float
    shown: str = ""
    tone: str = ""
    limit: float | None = None

    @property
    def text(self) -> str:
        return self.shown or str(self.value)


@dataclass(frozen=True)
class Chart:
    """`code` is unique on its page. `heads` and `rows` are the table; `bars` what is drawn of it.

    `tag` stands under the title, `notes` under the numbers; `ends_in_words` if the last column is words.
    """

    code: str
    title: str
    description: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    bars: Sequence[Bar] = field(default_factory=tuple)
    is_upright: bool = False
    tag: str = ""
    notes: Sequence[str] = ()
    ends_in_words: bool = False

    @property
    def labelled_rows(self) -> list[list[tuple[str, str]]]:
        """Every row as (head, cell) pairs: on a phone each cell names its own column."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]

    @property
    def height(self) -> int:
        return HEIGHT

    @property
    def baseline(self) -> int:
        return BASELINE

    @property
    def is_empty(self) -> bool:
        """Columns without height would be an empty frame; lying bars have their names and numbers."""
        return not any(bar.value for bar in self.bars) if self.is_upright else not self.bars

    @property
    def labels_all(self) -> bool:
        """Few columns have a label each, below its middle; of many, a label begins where its column does."""
        return len(self.bars) <= MOST_LABELS

    @property
    def shapes(self) -> list[dict]:
        """Where each bar goes: lying ones one under the other, upright ones from left to right."""
        largest = max([bar.value for bar in self.bars] + [bar.limit or 0 for bar in self.bars] + [1])
        place = self._upright if self.is_upright else self._lying
        return [{"bar": bar, **place(number, bar, largest)} for number, bar in enumerate(self.bars)]

    @staticmethod
    def _lying(_number, bar, largest):
        return {
            "width": f"{bar.value / largest * LONGEST:.2f}%",
            "limit_x": f"{bar.limit / largest * LONGEST:.2f}%" if bar.limit else "",
        }

    def _upright(self, number, bar, largest):
        step = 100 / len(self.bars)
        tall = round(bar.value / largest * (BASELINE - 24))
        # A label under every bar would not fit; the first of every few stands for the others.
        every = -(-len(self.bars) // MOST_LABELS)
        middle = f"{number * step + step / 2:.2f}%"
        return {
            "x": f"{number * step + step * 0.15:.2f}%",
            "width": f"{step * 0.7:.2f}%",
            "y": BASELINE - tall,
            "height": tall,
            "number_x": middle,
            "number_y": BASELINE - tall - 6,
            "label_x": middle if self.labels_all else f"{number * step:.2f}%",
            "is_labelled": number % every == 0,
        }
