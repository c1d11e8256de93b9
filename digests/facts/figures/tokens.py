"""A sentence becomes words, numerals and signs, each with its place."""

import re

# A sentence longer than this is no sentence; it is read in pieces so that time stays linear.
LONGEST = 4_000  # characters

_TOKEN = re.compile(
    r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?(?![\d,]*\d)|\d+(?:\.\d+)?"  # 1,234.5; 12.5
    r"|(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W\d_]))?"  # U.S., a.m.
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"  # words, with an apostrophe inside
    r"|\S"
)


class Sentence:
    """The tokens of one sentence in parallel lists: much faster than an object a token."""

    __slots__ = ("ends", "lower", "size", "start", "starts", "words")

    def __init__(self, text: str, start: int, end: int) -> None:
        spans = [match.span() for match in _TOKEN.finditer(text, start, end)]
        self.start = start
        self.starts = [span[0] for span in spans]
        self.ends = [span[1] for span in spans]
        self.words = [text[first:last] for first, last in spans]
        self.lower = [word.lower() for word in self.words]
        if "US" in self.words:  # the country, not the pronoun
            self.lower = ["u.s." if word == "US" else word.lower() for word in self.words]
        if "’" in text[start:end]:
            self.lower = [word.replace("’", "'") for word in self.lower]
        self.size = len(spans)

    def word(self, index: int) -> str:
        """Return the token at `index` in lower case, "" outside the sentence."""
        return self.lower[index] if 0 <= index < self.size else ""

    def raw(self, index: int) -> str:
        """Return the token at `index` as written, "" outside the sentence."""
        return self.words[index] if 0 <= index < self.size else ""

    def tight(self, index: int) -> bool:
        """Is there nothing between the token at `index` and the one before it?"""
        return 0 < index < self.size and self.starts[index] == self.ends[index - 1]
