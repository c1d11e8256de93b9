"""Articles that are near copies of each other: a wire's text, cut, edited or with other things around it.

An article becomes the set of its runs of words; of all runs a fixed share is kept, the same for every
article (a run's checksum decides), so that the sets of cut articles still compare. Copies are told by
containment, not by Jaccard's index: half an article is a copy of the whole. But what opens the longer one
must stand in the shorter one too, or a page with another article's teaser would pass for a copy of it. And
where less agrees the numbers must: each week's report of the same office is written in the same words.
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from sys import intern

from digests.model import Article

_RUN = 3  # words; an edit of one word in ten leaves three runs of four
_KEPT = 4  # one run in so many
_CONTAINED = 0.45  # share of the shorter one's runs; see `python -m bench stories`
_CONTAINED_ALONE = 0.6  # the same, where the numbers do not agree
_NUMBERS = 0.7  # share of the shorter one's numbers
_LEAST_NUMBERS = 2  # of them; fewer agree by chance
_LEAST = 6  # runs in common: shorter texts agree by chance
_HEAD = 60  # words that open an article
_HEAD_LEAST = 2  # runs of the opening in common
_LONGEST = 12_000  # characters compared
_BOILERPLATE = 60  # a run in so many articles says nothing about two of them
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d[\d.,]*\d|\d")


@dataclass(frozen=True, slots=True)
class Runs:
    """Checksums of a fixed share of an article's runs of words, and of those that open it; its numbers."""

    all: frozenset[int]
    head: frozenset[int]
    numbers: frozenset[str]


def runs_of(article: Article) -> Runs:
    """Return the runs by which `article` is compared."""
    text = article.text[:_LONGEST]
    words = _WORD.findall(text.lower())
    numbers = frozenset(map(intern, _NUMBER.findall(text)))
    return Runs(frozenset(_kept(words)), frozenset(_kept(words[:_HEAD])), numbers)


class Copies:
    """Articles by their runs of words, each under the number it was added with."""

    def __init__(self) -> None:
        self._runs: dict[int, Runs] = {}
        self._by_run: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, number: int, article: Article) -> list[int]:
        """Return the numbers of those added before of which `article` is a near copy, and add it."""
        runs = runs_of(article)
        shared = Counter(other for run in runs.all for other in self._with(run))
        found = [other for other, count in shared.items() if _are_copies(runs, self._runs[other], count)]
        self._runs[number] = runs
        for run in runs.all:
            self._by_run[run].append(number)
        return sorted(found)

    def forget(self, numbers: Iterable[int]) -> None:
        """Remove articles."""
        for number in numbers:
            for run in self._runs.pop(number).all:
                self._by_run[run].remove(number)
                if not self._by_run[run]:
                    del self._by_run[run]

    def _with(self, run: int) -> Sequence[int]:
        found = self._by_run.get(run, ())
        return found if len(found) < _BOILERPLATE else ()


def _kept(words: Sequence[str]) -> Iterable[int]:
    for run in zip(*(words[start:] for start in range(_RUN)), strict=False):
        checksum = zlib.crc32(" ".join(run).encode("utf-8", "replace"))
        if checksum % _KEPT == 0:
            yield checksum


def _are_copies(one: Runs, other: Runs, shared: int) -> bool:
    shorter, longer = sorted((one, other), key=lambda runs: len(runs.all))
    enough = _CONTAINED if _agree(one.numbers, other.numbers) else _CONTAINED_ALONE
    if shared < _LEAST or shared < enough * len(shorter.all):
        return False
    return shared >= _CONTAINED * len(longer.all) or len(longer.head & shorter.all) >= _HEAD_LEAST


def _agree(one: Set[str], other: Set[str]) -> bool:
    """Say whether the numbers of one text stand in the other."""
    fewer = min(len(one), len(other))
    return fewer >= _LEAST_NUMBERS and len(one & other) >= _NUMBERS * fewer
