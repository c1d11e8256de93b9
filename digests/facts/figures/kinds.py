"""The kinds, hedges and trends of figures, by short names.

Before Python 3.12 a member takes ten times as long to look up on its class, and an article asks for them by
the thousand.
"""

from digests.model import FigureKind, Modifier, Trend

MONEY, PERCENT, COUNT, MEASURE, DURATION, RATIO, AGE, OTHER = FigureKind
EXACT, OVER, UNDER, ABOUT = Modifier
UP, DOWN = Trend
