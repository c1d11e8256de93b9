"""A line becomes a headline, or not: in one every word has a capital, and a capital tells nothing."""

_HEADLINE = 30  # words of a headline
_LOOKED_AT = 40  # words of a line whose capitals are counted
_LONG = 3  # letters; shorter words are small in headlines as well
_FEWEST = 4  # longer words of a headline
_CAPITALS = 0.75  # of the longer ones


class Headlines:
    """Knows of the line that was asked for last whether it is a headline; lines are asked for in order."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self.until = -1  # the end of that line
        self.is_one = False

    def hold(self, index: int) -> bool:
        """Say whether the line of word `index` is a headline: no full stop, capitals throughout."""
        if index >= self.until:
            self._look_at_line(index)
        return self.is_one

    def _look_at_line(self, index: int) -> None:
        texts = self.texts
        first = index
        while first > 0 and texts[first - 1] != "\n" and first > self.until:
            first -= 1
        self.until = last = self._line_end(index)
        self.is_one = last - first <= _HEADLINE and self._looks_like_one(first, last)

    def _line_end(self, index: int) -> int:
        try:
            return self.texts.index("\n", index)
        except ValueError:
            return len(self.texts)

    def _looks_like_one(self, first: int, last: int) -> bool:
        texts = self.texts
        long = [t for t in texts[first : min(last, first + _LOOKED_AT)] if len(t) > _LONG and t[0].isalpha()]
        capitals = sum(t[0].isupper() for t in long)
        ended = last > first and texts[last - 1] in '"”’:'
        return last < len(texts) and not ended and len(long) >= _FEWEST and capitals >= _CAPITALS * len(long)
