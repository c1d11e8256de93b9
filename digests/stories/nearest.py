"""Articles, each with those most like it.

Likeness is the product of two articles' vectors, less the further apart they were published, less what any
two articles of their surroundings have in common: where twenty articles are about one long-running affair,
its names and words alone make no two of them one event.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import heappushpop
from itertools import islice

from digests.model import Article
from digests.stories.words import Vector, product

_FADES = 0.6  # of the product, for articles at least so many days apart:
_FADED_AFTER = 4.0
_CROWD = 20  # nearest articles that make the surroundings
_CROWD_SHARE = 0.6  # of what the surroundings have in common
_SOUGHT_BY = 20  # most telling words, by which candidates are found
_COMMON = 250  # articles; a word in more finds nothing
_MET = 600  # articles met by these words, the same one several times
_CANDIDATES = 40  # whose product is worked out
_FAINT = 0.03  # products below it are not kept
_DAY = 86_400.0  # seconds


@dataclass(slots=True, eq=False)
class Placed:
    """An article among others."""

    number: int
    article: Article
    vector: Vector
    at: float | None  # days
    near: dict[int, float] = field(default_factory=dict)  # products with others, faded, by number
    crowd: list[float] = field(default_factory=lambda: [0.0] * _CROWD)  # heap of the greatest of them
    surroundings: float = 0.0  # their mean

    def meet(self, number: int, weight: float) -> None:
        """Note the product with another article."""
        self.near[number] = weight
        self.surroundings += (weight - heappushpop(self.crowd, weight)) / _CROWD


class Nearest:
    """All articles at hand, found by the words that tell them apart."""

    def __init__(self) -> None:
        self.placed: dict[int, Placed] = {}
        self._by_word: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, number: int, article: Article, vector: Vector) -> Placed:
        """Place an article, and let it and those most like it know each other."""
        at = article.published.timestamp() / _DAY if article.published else None
        new = Placed(number, article, vector, at)
        for other in self._candidates(vector):
            weight = _faded_product(new, other)
            if weight < _FAINT:
                continue
            new.meet(other.number, weight)
            other.meet(number, weight)
        self.placed[number] = new
        for word in vector:
            self._by_word[word].append(number)
        return new

    def likeness(self, one: Placed, other: Placed) -> float:
        """Return how much more alike two articles are than their surroundings."""
        weight = one.near.get(other.number)
        if weight is None:
            weight = _faded_product(one, other)
            one.near[other.number] = other.near[one.number] = weight
        return weight - _CROWD_SHARE * min(one.surroundings, other.surroundings)

    def forget(self, numbers: Iterable[int]) -> None:
        """Remove articles."""
        gone = set(numbers)
        words = {word for number in gone for word in self.placed.pop(number).vector}
        for word in words:
            left = [number for number in self._by_word[word] if number not in gone]
            if left:
                self._by_word[word] = left
            else:
                del self._by_word[word]
        for placed in self.placed.values():
            for number in placed.near.keys() & gone:
                del placed.near[number]

    def _candidates(self, vector: Vector) -> list[Placed]:
        """Return those that share the most telling words, looked up until enough were met."""
        found: defaultdict[int, float] = defaultdict(float)
        met = 0
        for word, weight in islice(vector.items(), _SOUGHT_BY):
            numbers = self._by_word.get(word, ())
            if len(numbers) > _COMMON:
                continue
            square = weight * weight
            for number in numbers:
                found[number] += square
            met += len(numbers)
            if met > _MET:
                break
        best = sorted(found, key=found.__getitem__, reverse=True)
        return [self.placed[number] for number in best[:_CANDIDATES]]


def _faded_product(one: Placed, other: Placed) -> float:
    weight = product(one.vector, other.vector)
    if one.at is None or other.at is None:
        return weight
    return weight * (1 - _FADES * min(1.0, abs(one.at - other.at) / _FADED_AFTER))
