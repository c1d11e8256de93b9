"""A text becomes its passages: what stands between two quotation marks, paragraph by paragraph.

One walk over the marks of each paragraph, so the time grows with the length of the text and nothing else.
A straight mark says by its neighbours whether it may open or close; where both are possible, what is open
decides. A passage whose mark is never closed ends with its paragraph; one that is opened again before it
was closed (paragraphs run together by a feed) ends where the new one opens.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from digests.model import Span
from digests.text import paragraphs

_STRAIGHT = '"'
_TYPED = "''"  # closes ``
_SINGLES = frozenset("'’‘‹›‚")
# Words that begin with an apostrophe of their own.
_ELISIONS = re.compile(r"(?:em|tis|twas|til|cause|cos|n|round|bout|s|t|d|ll|re|ve|m|\d\ds?)\b", re.IGNORECASE)
_STOPS = frozenset(".!?…")
_LONGEST_SINGLE = 1500  # characters; an apostrophe taken for a mark shall not swallow a page
_APOSTROPHE = re.compile(r"(?:s|t|re|ve|ll|d|m)\b")  # behind a straight mark that stands for one: Roe"s
_FEET = re.compile(r"\d['’′]\d\d?$")  # before one that stands for inches: 6'2"
_VALUE = re.compile(r"\w=")  # before one that opens the value of an attribute: class="intro"


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands between two marks of one paragraph."""

    span: Span  # without the marks and the white space beside them
    outer: Span  # with them
    opened: bool = True  # False: closed only, its opening mark stands in a paragraph before
    closed: bool = True
    single: bool = False  # in single marks


def passages_of(text: str, pairs: Mapping[str, str]) -> list[Passage]:
    """Return the passages of `text` in order; `pairs` gives for each opening mark all that may close it."""
    walk = _Walk(text, pairs)
    for paragraph in paragraphs(text):
        walk.through(paragraph)
    return [p for p in walk.found if p.span.start < p.span.end]


class _Walk:
    """Reads paragraph after paragraph; remembers only whether the last one ended inside a passage."""

    def __init__(self, text: str, pairs: Mapping[str, str]) -> None:
        self.text, self.pairs = text, pairs
        self.closers = frozenset("".join(pairs.values()))
        self.marks = _marks(frozenset(pairs) | self.closers | {_TYPED})
        self.found: list[Passage] = []
        self.hanging = False  # the paragraph before was left with a mark open
        self.start = -1  # of the open mark; -1: none is open
        self.width = 1
        self.nested = ""  # closes what was opened inside
        self.end = -1  # of the paragraph
        self.straight = -1  # the next straight mark there, or its end; looked for once
        self.old = False  # '' was opened, which nothing but '' closes

    def through(self, paragraph: Span) -> None:
        first = True
        self.end, self.straight = paragraph.end, -1
        singles = _Singles(self.text, paragraph)
        skip = paragraph.start
        for match in self.marks.finditer(self.text, paragraph.start, paragraph.end):
            at, mark = match.start(), match.group()
            if at < skip or (mark == _TYPED and self._is_old(match)):
                continue
            if mark == _STRAIGHT and self._is_none(at):
                skip = self._behind_value(at)
                continue
            if mark in _SINGLES and not self._is_double(mark):
                skip = max(skip, self._single(singles, at))
            elif self.start < 0:
                self._outside(paragraph, match, first=first)
            else:
                self._inside(match)
            first = False
        self.hanging = self.start >= 0
        if self.hanging:
            self._add(self.start, paragraph.end, closed=False)
        self.start, self.nested, self.old = -1, "", False

    def _is_old(self, match: re.Match[str]) -> bool:
        """Say whether two single marks close nothing; where they open, single ones behind are nested."""
        if self.start >= 0 and self.text.startswith("``", self.start):
            return False
        self.old = self._directions(match) != (False, True)
        return True

    def _is_none(self, at: int) -> bool:
        """Say whether a straight mark is none: an apostrophe, inches, or that of an attribute."""
        if self.start < 0 and self.text[at - 1 : at].isalpha() and _APOSTROPHE.match(self.text, at + 1):
            return True
        before = self.text[max(0, at - 4) : at]
        if before[-1:] == "=":
            return _VALUE.fullmatch(before[-2:]) is not None
        return before[-1:].isdigit() and _FEET.search(before) is not None

    def _behind_value(self, at: int) -> int:
        """Return where the text goes on behind a mark that is none: an attribute has two."""
        if self.text[at - 1] != "=":
            return at + 1
        end = self.text.find(_STRAIGHT, at + 1, self.end)
        return at + 1 if end < 0 else end + 1

    def _is_double(self, mark: str) -> bool:
        return mark == "‚" or mark in "‹›"

    def _outside(self, paragraph: Span, match: re.Match[str], *, first: bool) -> None:
        at, mark = match.start(), match.group()
        opens, closes = self._directions(match)
        if first and self.hanging and closes and not opens and at > paragraph.start:
            self.found.append(self._passage(paragraph.start, match.end(), left=0, opened=False))
        elif opens or not closes or (mark in self.pairs and mark not in self.closers):
            self.start, self.width = at, len(mark)
            self.nested = ""

    def _inside(self, match: re.Match[str]) -> None:
        opens, closes = self._directions(match)
        mark, own = match.group(), self.text[self.start : self.start + self.width]
        if self.nested:
            if closes and (mark in self.nested or (mark == "“" and "”" in self.nested)):
                self.nested = ""
                if mark == own and self._ends_both(match):
                    self._add(self.start, match.end(), right=len(mark))
                    self.start = -1
                return
            if not closes:
                return
        if opens and not closes:
            self._opened_again(match)
        elif mark in self.pairs.get(own, own) or own in "”" or self._closes_anyway(mark):
            self._add(self.start, match.end(), right=len(mark))
            self.start = -1

    def _opened_again(self, match: re.Match[str]) -> None:
        before = _last_before(self.text, match.start())
        if self._is_other(match) and before != _STRAIGHT:
            self.nested = self.pairs.get(match.group(), match.group())
        elif before in _STOPS or before in '”"':
            self._add(self.start, match.start(), closed=False)
            self.start, self.width = match.start(), len(match.group())
        elif before in ":":
            self._add(self.start, self._first_stop(match.start()), closed=False)
            self.start, self.width = match.start(), len(match.group())
        else:
            self.nested = self.pairs.get(match.group(), match.group())

    def _is_other(self, match: re.Match[str]) -> bool:
        """Say whether a curly mark opens between straight ones: it is nested whatever stands before it."""
        if self.text[self.start] != _STRAIGHT or match.group() != "“":
            return False
        if self.straight < match.end():
            found = self.text.find(_STRAIGHT, match.end(), self.end)
            self.straight = found if found >= 0 else self.end
        return self.straight < self.end

    def _ends_both(self, match: re.Match[str]) -> bool:
        """Say whether one mark closes a passage and the one inside it: "She said, "Go home.\""""
        after = self.text[match.end() : match.end() + 2].lstrip()
        return self.text[match.start() - 1] in _STOPS and after[:1] not in self.closers

    def _first_stop(self, until: int) -> int:
        stop = _STOP.search(self.text, self.start + 1, until)
        return stop.end() if stop else until

    def _closes_anyway(self, mark: str) -> bool:
        return mark in '"”“'

    def _directions(self, match: re.Match[str]) -> tuple[bool, bool]:
        """Return whether this mark can open and whether it can close."""
        mark = match.group()
        if mark in (_STRAIGHT, _TYPED):
            return _directions(self.text, match.start(), match.end())
        if mark in "“”":
            return self._curly(match)
        opens, closes = mark in self.pairs, mark in self.closers
        if opens and closes:
            return _directions(self.text, match.start(), match.end())
        return opens, closes

    def _curly(self, match: re.Match[str]) -> tuple[bool, bool]:
        """Curly marks say what they are, save where a typist, or German, took the wrong one."""
        opens, closes = _directions(self.text, match.start(), match.end())
        if match.group() == "“":
            german = self.start >= 0 and self.text[self.start] in "„»"
            return (False, True) if german or (self.start >= 0 and closes and not opens) else (True, False)
        return (True, False) if self.start < 0 and opens and not closes else (False, True)

    def _single(self, singles: "_Singles", at: int) -> int:
        """Take a passage in single marks if one begins here outside any other; return where to go on."""
        if self.start >= 0 or self.old or not singles.opens(at):
            return at + 1
        end = singles.closing(at)
        if end < 0 or self._is_apart(at, end):
            return at + 1
        self.found.append(self._passage(at, end + 1, single=True))
        return end + 1

    def _is_apart(self, start: int, end: int) -> bool:
        """Say whether two single marks do not belong together, for one of a pair of others lies between."""
        between = self.text[start:end]
        return between.count(_STRAIGHT) % 2 == 1 or between.count("“") > between.count("”")

    def _add(self, start: int, end: int, *, right: int = 0, closed: bool = True) -> None:
        self.found.append(
            self._passage(start, end, left=self.width, right=right if closed else 0, closed=closed)
        )

    def _passage(
        self,
        start: int,
        end: int,
        *,
        left: int = 1,
        right: int = 1,
        opened: bool = True,
        closed: bool = True,
        single: bool = False,
    ) -> Passage:
        inner = _stripped(self.text, start + left, end - right)
        return Passage(inner, Span(start, max(end, inner.end)), opened=opened, closed=closed, single=single)


class _Singles:
    """Finds the closing single marks of a paragraph, each looked at once."""

    def __init__(self, text: str, paragraph: Span) -> None:
        self.text, self.paragraph = text, paragraph
        self.nothing_before: dict[str, int] = {}  # of each mark: none closes between an opening one and here

    def opens(self, at: int) -> bool:
        text = self.text
        if text[at] not in "'‘’":
            return False
        before = text[at - 1] if at > self.paragraph.start else " "
        after = text[at + 1] if at + 1 < self.paragraph.end else " "
        if (
            not (before.isspace() or before in "([—–-:")
            or after.isspace()
            or not (after.isalnum() or after in "[(.…$£€@#")
        ):
            return False
        return text[at] == "‘" or not _ELISIONS.match(text, at + 1)

    def closing(self, at: int) -> int:
        """Return where the passage that opens at `at` is closed, or -1."""
        mark = "’" if self.text[at] in "‘’" else "'"
        limit = min(self.paragraph.end, at + _LONGEST_SINGLE)
        nothing_before = self.nothing_before.get(mark, 0)
        best, place = -1, max(at + 1, nothing_before)
        if nothing_before >= limit:
            return -1
        while (place := self.text.find(mark, place, limit)) >= 0:
            if self._closes(place):
                if self.text[place - 1] != "s":
                    return place
                best = place if best < 0 else best  # "the boys'" or the end: the end, if nothing better comes
            place += 1
        if best < 0:
            self.nothing_before[mark] = limit
        return best

    def _closes(self, place: int) -> bool:
        before = self.text[place - 1]
        after = self.text[place + 1] if place + 1 < self.paragraph.end else " "
        return not before.isspace() and not (after.isalnum() or after == "_")


_STOP = re.compile(r"[.!?…](?=\s|$)")


@lru_cache(maxsize=8)
def _marks(marks: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, marks), key=len, reverse=True)))


def _directions(text: str, start: int, end: int) -> tuple[bool, bool]:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    opens = before.isspace() or before in "([{—–-/:‘'" or not before.isprintable()
    closes = after.isspace() or after in ".,!?;:…)]}—–-/’'" or not after.isprintable()
    if opens == closes:
        return True, True
    return opens, closes


def _last_before(text: str, at: int) -> str:
    """Return the last sign before `at` that is neither white space nor a single mark."""
    floor = max(0, at - 50)
    while at > floor and (text[at - 1].isspace() or text[at - 1] in "'’"):
        at -= 1
    return text[at - 1] if at > 0 else " "


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, max(start, end))
