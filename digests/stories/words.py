"""An article becomes the weighted words that tell it apart from others.

Three views of an article make one vector: all its words, its names and its numbers, each of unit length and
weighed by `_SHARES`, so that the product of two vectors is the weighted sum of three cosines. A word counts
the more, the fewer articles use it: among those at hand, or in general (`rarity.txt`, counted on news of
another time; words of which we know nothing are as rare as can be).
"""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import itemgetter, mul
from sys import intern

from digests.model import Article
from digests.text import fold

Vector = dict[str, float]

_SHARES = (0.9, 0.05, 0.05)  # of words, names and numbers in a likeness
_TITLE_WEIGHT = 2  # a word of the title counts as often as this
_LEADING_WORDS = 400  # the head of an article tells what it is about
_LEADING_CHARS = 8 * _LEADING_WORDS
_MOST_TELLING = 160  # of the words of an article; the others hardly change a product
_UNSEEN_ARTICLES = 100  # that we imagine beside those at hand: three articles alone make no word common
_WORD = re.compile(r"[^\W_]{2,}")
_NUMBER = re.compile(r"\d[\d.,]*\d")
_NAME, _DIGITS = "@", "#"  # tell the views apart in one vector


@dataclass(frozen=True, slots=True)
class Terms:
    """How often an article uses each word, name and number."""

    words: Counter[str]
    names: Counter[str]
    numbers: Counter[str]

    def views(self) -> tuple[Counter[str], Counter[str], Counter[str]]:
        return self.words, self.names, self.numbers


def terms_of(article: Article) -> Terms:
    """Return the words, names and numbers of the title and the head of `article`."""
    head = article.text[:_LEADING_CHARS]
    title = _WORD.findall(article.title)
    body = _WORD.findall(head)[:_LEADING_WORDS]
    words = _all_folded(title) * _TITLE_WEIGHT + _all_folded(body)
    numbers = _NUMBER.findall(f"{article.title} {head}")
    return Terms(Counter(words), _names(title, body), Counter(_DIGITS + number for number in numbers))


class Rarity:
    """How rare words are: among the articles counted so far, and in general."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._articles = _UNSEEN_ARTICLES
        self._known = _Known(self._seen, self._articles)

    def count(self, terms: Iterable[Terms]) -> None:
        """Count articles among those at hand."""
        for some in terms:
            self._articles += 1
            for view in some.views():
                self._seen.update(view.keys())
        self._known = _Known(self._seen, self._articles)

    def vector(self, terms: Terms) -> Vector:
        """Return the most telling words of an article, these first; its product with itself is nearly 1."""
        weights: Vector = {}
        for share, view in zip(_SHARES, terms.views(), strict=True):
            weights |= self._unit(view, math.sqrt(share))
        telling = sorted(weights.items(), key=itemgetter(1), reverse=True)[:_MOST_TELLING]
        norm = (
            math.sqrt(sum(weight * weight for _, weight in telling)) if len(weights) > len(telling) else 1.0
        )
        return {intern(word): weight / norm for word, weight in telling}

    def _unit(self, view: Counter[str], length: float) -> Vector:
        known = self._known
        weights = {word: math.sqrt(count) * known[word] for word, count in view.items()}
        norm = math.sqrt(sum([weight * weight for weight in weights.values()])) / length
        return {word: weight / norm for word, weight in weights.items()} if norm else {}


class _Known(dict[str, float]):
    """Rarities that were asked for, until more articles are counted."""

    def __init__(self, seen: Counter[str], articles: int) -> None:
        self._seen = seen
        self._articles = 1 + articles
        self._general = _general_shares()

    def __missing__(self, word: str) -> float:
        share = (1 + self._seen.get(word, 0)) / self._articles
        rarity = self[word] = -math.log(max(share, self._general.get(word, 0.0)))
        return rarity


def product(one: Vector, other: Vector) -> float:
    """Return the inner product of two vectors."""
    shared = one.keys() & other.keys()
    weights, others = map(one.__getitem__, shared), map(other.__getitem__, shared)
    return math.fsum(map(mul, weights, others))  # the same in whatever order


def _all_folded(words: list[str]) -> list[str]:
    return fold(" ".join(words)).split()  # at once is many times as quick as one by one


def _names(title: list[str], body: list[str]) -> Counter[str]:
    """Return the capitalised words that the text nowhere writes small: names, for the most part."""
    small = {word for word in body if word.islower()}
    capitalised = [word for word in (*title, *body) if word[0].isupper()]
    return Counter(_NAME + _folded(word) for word in capitalised if word.lower() not in small)


def _folded(word: str) -> str:
    return word.lower() if word.isascii() else fold(word)


@cache
def _general_shares() -> dict[str, float]:
    """Return the share of articles that use each common word, as `python -m bench train stories` counted."""
    lines = files(__package__).joinpath("rarity.txt").read_text(encoding="utf-8").splitlines()
    shares: dict[str, float] = {}
    for line in lines:
        exponent, _, words = line.partition(" ")
        shares |= dict.fromkeys(words.split(), 2 ** (-int(exponent) / 2))
    return shares
