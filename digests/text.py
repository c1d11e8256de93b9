"""Small questions about text that several steps ask."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, repeat
from operator import sub

from digests.model import Span

_SPACES = re.compile(r"\s+")
_PARAGRAPH_GAP = re.compile(r"\n\s*\n|\n")
# A full stop ends no sentence behind these, nor behind a single capital ("J. Smith", "U.S.").
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen sen rep gov lt col sgt capt cpl st jr sr rev hon pres vs etc inc ltd co corp "
    "no dept univ jan feb mar apr jun jul aug sep sept oct nov dec approx est fig vol al messrs mt".split()
)
# The look-behind starts each run of stops once: without it a megabyte of dots takes the square of that.
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’»')\]]*+(?=\s|$)")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
# What stands between words and is none: white space but for a line's end, and signs without width.
_GAP = (
    "\t\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\xad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
# "U.S.", "1,200", "don't", "F-16"; a possessive "'s", a line's end and each other sign stand alone.
# The second line only makes it quicker: plain words, of which most text consists, need no other look.
_WORD = re.compile(
    rf"[{_GAP}]*+(?:"
    r"[A-Za-z][a-z]++(?![\w'’-])|[,.](?=\s)|[^\W\d_]{2,}[^\W_]*(?:[-'’](?!s\b)[^\W_]+)*|"
    r"(?:[^\W\d_]\.){2,}|\d[\d.,]*\d\w*(?:-[^\W\d_]+)*|['’]s\b|[^\W_]+(?:[-'’](?!s\b)[^\W_]+)*|\n|[^\w\s]|_)"
)


@dataclass(frozen=True)
class Words:
    """The words and signs of a text, in order: `texts[i]` begins at `starts[i]`."""

    texts: list[str]
    starts: list[int]

    @cached_property
    def lower(self) -> list[str]:
        """The texts in lower case."""
        # No word holds a space: lowering all at once is many times as quick as one by one.
        return " ".join(self.texts).lower().split(" ") if self.texts else []

    def end(self, index: int) -> int:
        """Return where word `index` ends in the text."""
        return self.starts[index] + len(self.texts[index])


class _Accents(dict[int, int | None]):
    """What becomes of each character met so far: an accent goes, all else stays."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_WITHOUT_ACCENTS = _Accents()


def squeeze(text: str) -> str:
    """Return `text` with every run of white space made one space, none at the ends."""
    return _SPACES.sub(" ", text).strip()


def fold(text: str) -> str:
    """Return `text` in lower case without accents, for comparing names."""
    if text.isascii():
        return text.casefold()
    return unicodedata.normalize("NFKD", text).translate(_WITHOUT_ACCENTS).casefold()


def paragraphs(text: str) -> list[Span]:
    """Return the spans of the paragraphs of `text`: lines that hold more than white space."""
    return list(_each_paragraph(text))


def sentences(text: str) -> list[Span]:
    """Return the spans of the sentences of `text`; none crosses a paragraph."""
    return list(each_sentence(text))


def each_sentence(text: str) -> Iterator[Span]:
    """Yield the spans of `sentences` one by one: who needs the first ones need not wait for all."""
    for paragraph in _each_paragraph(text):
        yield from sentences_in(text, paragraph)


def sentence_at(text: str, place: int) -> Span | None:
    """Return the one of the `sentences` of `text` that holds the character at `place`."""
    start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    paragraph = Span(start, end if end >= 0 else len(text))
    return next((one for one in sentences_in(text, paragraph) if one.start <= place < one.end), None)


def sentences_in(text: str, paragraph: Span) -> list[Span]:
    """Return the spans of the sentences of one paragraph of `text`."""
    found, start = [], _behind_space(text, paragraph.start, paragraph.end)
    for match in _SENTENCE_END.finditer(text, paragraph.start, paragraph.end):
        stop, end = match.span()
        if _ends_here(text, start, stop, end):
            found.append(Span(start, end))
            start = _behind_space(text, end, paragraph.end)
    if start < paragraph.end:
        found.append(Span(start, start + len(text[start : paragraph.end].rstrip())))
    return found


def words_of(text: str) -> Words:
    """Return the words and signs of `text`; white space is left out, a line's end is a sign."""
    # Each with the gap before it, so that lengths add up. A gap at the end would be tried from each place.
    found = _WORD.findall(text.rstrip(_GAP))
    texts = list(map(str.lstrip, found, repeat(_GAP)))
    ends = accumulate(map(len, found))
    return Words(texts, list(map(sub, ends, map(len, texts))))


def _each_paragraph(text: str) -> Iterator[Span]:
    start = 0
    for gap in _PARAGRAPH_GAP.finditer(text):
        if text[start : gap.start()].strip():
            yield Span(start, gap.start())
        start = gap.end()
    if text[start:].strip():
        yield Span(start, len(text))


def _behind_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _ends_here(text: str, start: int, stop: int, end: int) -> bool:
    """Say whether the stops and marks from `stop` to `end` end the sentence that begins at `start`."""
    following = text[end : end + 40].lstrip(" \t\"“‘'«([")[:1]
    if following and following.islower():
        return False
    if text[stop] != "." or text[stop + 1 : stop + 2] == ".":
        return True
    before = text[max(start, stop - 20) : stop]
    word = before.rpartition(" ")[2]
    if not word.isalpha():
        letters = _LAST_WORD.search(before)
        word = letters.group() if letters else ""
    return not (word.casefold() in _ABBREVIATIONS or _is_initial(word))


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()
