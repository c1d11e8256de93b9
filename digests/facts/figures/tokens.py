"""A sentence becomes words, numerals and signs, each with its place."""

import re
from itertools import accumulate
from operator import sub

# A sentence longer than this is no sentence; it is read in pieces so that time stays linear.
LONGEST = 4_000  # characters

_TOKEN = re.compile(  # with the white space before it, so that lengths add up
    r"\s*+(?:"
    r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?(?![\d,]*\d)|\d+(?:\.\d+)?"  # 1,234.5; 12.5
    r"|(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W\d_]))?"  # U.S., a.m.
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"  # words, with an apostrophe inside
    r"|\S)"
)


class Sentence:
    """The tokens of one sentence in parallel lists: much faster than an object a token."""

    __slots__ = ("ends", "lower", "size", "start", "starts", "words")

    def __init__(self, text: str, start: int, end: int) -> None:
        found = _TOKEN.findall(text[start:end].rstrip())
        self.start = start
        self.words = list(map(str.lstrip, found))
        self.ends = list(accumulate(map(len, found), initial=start))[1:]
        self.starts = list(map(sub, self.ends, map(len, self.words)))
        self.size = len(found)
        self.lower = self._lowered()

    def _lowered(self) -> list[str]:
        # No token holds a space: lowering all at once is many times as quick as one by one.
        lower = " ".join(self.words).lower().replace("’", "'").split(" ") if self.words else []
        if "US" in self.words:  # the country, not the pronoun
            return ["u.s." if word == "US" else low for word, low in zip(self.words, lower, strict=True)]
        return lower

    def word(self, index: int) -> str:
        """Return the token at `index` in lower case, "" outside the sentence."""
        return self.lower[index] if 0 <= index < self.size else ""

    def raw(self, index: int) -> str:
        """Return the token at `index` as written, "" outside the sentence."""
        return self.words[index] if 0 <= index < self.size else ""

    def tight(self, index: int) -> bool:
        """Is there nothing between the token at `index` and the one before it?"""
        return 0 < index < self.size and self.starts[index] == self.ends[index - 1]
