"""A passage becomes a view of it: the quote in its sentence, with the cues around."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from digests.facts.quotes.cues import Cues
from digests.facts.quotes.scene import PARAGRAPH, QUOTE, SENTENCE, Scene

REACH = 70  # items
_LENGTHS = (1, 2, 3, 4, 6, 9, 14, 25)  # words
_NEAR = 6  # items between a quote and a cue beside it
_COUNTED = 400  # characters of a quote whose words are counted
_NEXT_OPENS = f"{PARAGRAPH}{QUOTE}"
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(slots=True)  # one for each passage: frozen takes three times as long
class View:
    """A quote in its sentence: item numbers, words, and the name of its place."""

    scene: Scene
    number: int
    at: int
    left: int  # first item of the sentence
    right: int  # behind its last
    said: str
    context: str
    cues: tuple[int, ...]
    length: int
    nearest: int  # of the cues; -1 if there are none
    subject: int | None  # of the nearest cue
    announced: str  # ":" by a colon before it; "/" by one that ends the paragraph before; "-" not
    words: frozenset[str]  # said, in lower case
    runs_on: bool  # it is left open, and goes on in the next paragraph

    @property
    def cue_subject(self) -> str:
        """The letter of the subject of the nearest cue; "?" if it has none, "-" without a cue."""
        if not self.cues:
            return "-"
        return "?" if self.subject is None else self.scene.letters[self.subject]


def view_of(number: int, scene: Scene, cues: Cues) -> View:
    """Return what is seen of passage `number`."""
    at = scene.of_passage[number]
    left, right = _sentence(scene, at)
    said = scene.passages[number].span.of(scene.text)
    around = cues.items[bisect_left(cues.items, left) : bisect_left(cues.items, right)]
    nearest = min(around, key=lambda i: (abs(i - at), -i), default=-1)
    return View(
        scene,
        number,
        at,
        left,
        right,
        said,
        _context(scene.letters, left, at, right, around),
        tuple(around),
        bisect_right(_LENGTHS, said.count(" ", 0, _COUNTED) + 1),
        nearest,
        cues.subjects[nearest] if around else None,
        _announced(scene.letters, at),
        frozenset(_WORD.findall(said.lower())),
        _runs_on(number, scene, at),
    )


def _sentence(scene: Scene, at: int) -> tuple[int, int]:
    """Return the first item of the sentence around a quote, and what is behind its last but its stop."""
    numbers, size = scene.sentence, len(scene.letters)
    # A sentence may never end; a stop is the last of its items.
    left = bisect_left(numbers, numbers[at], max(0, at - REACH), at)
    right = bisect_right(numbers, numbers[at], at + 1, min(size, at + REACH))
    return left, right - (right > at + 1 and scene.letters[right - 1] in (SENTENCE, PARAGRAPH))


def _context(letters: str, start: int, at: int, end: int, cues: Sequence[int]) -> str:
    """Name the place of the quote in its sentence."""
    after = next((i for i in cues if i > at), None)
    before = next((i for i in reversed(cues) if i < at), None)
    right = "" if after is None else ("R" if after - at <= _NEAR else "r") + letters[after]
    left = "" if before is None else ("L" if at - before <= _NEAR else "l") + letters[before]
    near = letters[at - 1] if at > start else "^"
    sign = near if near in ":,^Q" else "w"
    bare = "B" if start == at and end == at + 1 else ""
    return f"{bare}{sign}{left}{right}"


def _announced(letters: str, at: int) -> str:
    """Say whether a colon stands before the quote, or ends the paragraph before it."""
    before = letters[max(0, at - 2) : at]
    if before.endswith(":"):
        return ":"
    return "/" if before == ":/" else "-"


def _runs_on(number: int, scene: Scene, at: int) -> bool:
    """Say whether a passage is left open because it goes on in the next paragraph."""
    return not scene.passages[number].closed and scene.letters.startswith(_NEXT_OPENS, at + 1)
