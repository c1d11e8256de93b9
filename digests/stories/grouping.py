"""New articles join the stories they belong to, or begin one.

Articles that are alike become a story by average linkage. When new ones come, only the stories they touch are
clustered again, so that a story may be joined with another or fall apart; its identity goes with its oldest
article: of stories that turn out to be one the oldest stays, and of one that falls apart its older part.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count, islice

from digests.model import Article, Story
from digests.stories.copies import Copies
from digests.stories.linkage import linked
from digests.stories.nearest import Nearest, Placed
from digests.stories.words import Rarity, Terms, terms_of

LIKE_ENOUGH = 0.08  # more than their surroundings; see `python -m bench stories`
_AT_ONCE = 100  # articles whose neighbourhoods are clustered together
_LARGE = 120  # articles; so many are not clustered anew, their stories are joined as they are


def group(articles: Sequence[Article], stories: Sequence[Story]) -> tuple[Story, ...]:
    """Return the stories that are new or have changed: `articles` in the order given join `stories`."""
    return Grouping(stories).add(articles)


@dataclass(slots=True, eq=False)
class _Telling:
    """A story while articles may still join it."""

    id: int | None = None
    members: list[int] = field(default_factory=list)
    absorbed: set[int] = field(default_factory=set)


class Grouping:
    """The stories at hand, kept ready for the next articles: adding some costs no more than these."""

    def __init__(self, stories: Sequence[Story] = ()) -> None:
        self._rarity = Rarity()
        self._nearest = Nearest()
        self._copies = Copies()
        self._numbers = count()
        self._telling: dict[int, _Telling] = {}  # of each article
        self._same: defaultdict[int, set[int]] = defaultdict(set)  # its near copies
        for story, placed in zip(stories, self._placed_of(stories), strict=True):
            telling = _Telling(story.id, [one.number for one in placed])
            self._telling |= dict.fromkeys(telling.members, telling)

    def add(self, articles: Sequence[Article]) -> tuple[Story, ...]:
        """Return the stories that are new or have changed now that `articles` have joined.

        New ones have no id: `stored` is told it later. One that became part of another is in its `absorbed`.
        """
        changed: dict[_Telling, None] = {}
        new = self._place(articles)
        for start in range(0, len(new), _AT_ONCE):
            for neighbourhood in self._neighbourhoods(new[start : start + _AT_ONCE]):
                changed |= dict.fromkeys(self._clustered(neighbourhood))
        return tuple(self._story(telling) for telling in changed if telling.members)

    def stored(self, stories: Iterable[Story]) -> None:
        """Learn under which ids stories were stored."""
        ids = {article.url: story.id for story in stories for article in story.articles}
        for number, telling in self._telling.items():
            telling.id = telling.id or ids.get(self._nearest.placed[number].article.url)

    def forget(self, before: datetime) -> None:
        """Let go of stories all of whose articles were published before then."""
        old = [
            number
            for telling in set(self._telling.values())
            if all(_is_before(self._nearest.placed[number].article, before) for number in telling.members)
            for number in telling.members
        ]
        self._nearest.forget(old)
        self._copies.forget(old)
        for number in old:
            del self._telling[number]
            for other in self._same.pop(number, ()):
                self._same[other].discard(number)

    # placing ------------------------------------------------------------------------------------

    def _placed_of(self, stories: Sequence[Story]) -> list[list[Placed]]:
        placed = iter(self._place([article for story in stories for article in story.articles]))
        return [list(islice(placed, len(story.articles))) for story in stories]

    def _place(self, articles: Sequence[Article]) -> list[Placed]:
        terms = [terms_of(article) for article in articles]
        self._rarity.count(terms)
        return [self._place_one(article, some) for article, some in zip(articles, terms, strict=True)]

    def _place_one(self, article: Article, terms: Terms) -> Placed:
        number = next(self._numbers)
        for other in self._copies.add(number, article):
            self._same[number].add(other)
            self._same[other].add(number)
        return self._nearest.add(number, article, self._rarity.vector(terms))

    # clustering ---------------------------------------------------------------------------------

    def _neighbourhoods(self, new: Sequence[Placed]) -> list[list[int]]:
        """Return the articles to be clustered anew, those together that may join one another."""
        sets = _Sets()
        for placed in new:
            sets.add(placed.number)
            for other in self._alike(placed):
                for member in self._members(other):
                    sets.join(placed.number, member)
        return sets.all()

    def _alike(self, placed: Placed) -> Iterable[int]:
        """Yield the articles that may draw `placed` into their story: one pair at least is like enough."""
        yield from self._same.get(placed.number, ())
        for number in list(placed.near):
            if self._nearest.likeness(placed, self._nearest.placed[number]) >= LIKE_ENOUGH:
                yield number

    def _members(self, number: int) -> Sequence[int]:
        telling = self._telling.get(number)
        return telling.members if telling else (number,)

    def _clustered(self, numbers: Sequence[int]) -> list[_Telling]:
        """Cluster these articles anew; return the stories that are new or have changed."""
        clusters = linked(self._units(numbers), likeness=self._likeness, least=LIKE_ENOUGH)
        former = dict.fromkeys(self._telling[number] for number in numbers if number in self._telling)
        oldest = {telling.members[0]: telling for telling in former}
        before = {telling: telling.members for telling in former}
        tellings = [self._identified(sorted(cluster), oldest) for cluster in clusters]
        return [telling for telling in tellings if telling.members != before.get(telling)]

    def _units(self, numbers: Sequence[int]) -> list[list[int]]:
        """Return what is never parted: near copies, and the stories of a large neighbourhood."""
        sets = _Sets()
        for number in numbers:
            sets.add(number)
            kept = self._members(number) if len(numbers) > _LARGE else ()
            for other in (*self._same.get(number, ()), *kept):
                if other in numbers:
                    sets.join(number, other)
        return sets.all()

    def _likeness(self, one: int, other: int) -> float:
        placed = self._nearest.placed
        return self._nearest.likeness(placed[one], placed[other])

    def _identified(self, numbers: list[int], oldest: Mapping[int, _Telling]) -> _Telling:
        """Return the story of a cluster: of those whose oldest article is in it, the oldest."""
        former = sorted((oldest[number] for number in numbers if number in oldest), key=_age)
        telling, *others = former or [_Telling()]
        for other in others:
            telling.absorbed |= other.absorbed | ({other.id} if other.id is not None else set())
            other.members = []
        telling.members = numbers
        self._telling |= dict.fromkeys(numbers, telling)
        return telling

    def _story(self, telling: _Telling) -> Story:
        articles = [self._nearest.placed[number].article for number in telling.members]
        return Story(tuple(articles), telling.id, absorbed=tuple(sorted(telling.absorbed)))


class _Sets:
    """Disjoint sets of numbers."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def add(self, number: int) -> None:
        self._parent.setdefault(number, number)

    def join(self, one: int, other: int) -> None:
        self.add(other)
        self._parent[self._root(other)] = self._root(one)

    def all(self) -> list[list[int]]:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for number in self._parent:
            found[self._root(number)].append(number)
        return list(found.values())

    def _root(self, number: int) -> int:
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number


def _age(telling: _Telling) -> tuple[bool, int]:
    """Return what orders stories by age: those that have no id yet are the youngest."""
    return telling.id is None, telling.id or 0


def _is_before(article: Article, moment: datetime) -> bool:
    return article.published is not None and article.published < moment
