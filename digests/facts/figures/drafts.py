"""A figure in the making: a number of a sentence and what is found out about it."""

from dataclasses import dataclass
from decimal import Decimal

from digests.facts.figures.kinds import EXACT, OTHER
from digests.facts.figures.numbers import Number
from digests.facts.figures.tokens import Sentence
from digests.model import FigureKind, Modifier, Span, Trend

DASHES = frozenset("-‐‑–—")


@dataclass(slots=True)
class Draft:
    """A figure in the making. It covers the tokens `[first, last)`, its hedge starts at `hedge`."""

    sentence: Sentence
    number: Number
    first: int
    last: int
    value: Decimal
    high: Decimal | None = None
    unit: str | None = None
    kind: FigureKind = OTHER
    modifier: Modifier = EXACT
    trend: Trend | None = None
    hedge: int = 0
    noun: tuple[int, int] | None = None  # tokens of the counted noun
    moved: bool = False  # "from 9 to 6": the ends are what was and what is
    attributive: bool = False  # "12-page document": the unit is an adjective of what follows

    @property
    def span(self) -> Span:
        return Span(self.sentence.starts[self.first - self.moved], self.sentence.ends[self.last - 1])
