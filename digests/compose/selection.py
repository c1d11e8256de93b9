"""Stories become the few that a reader gets, each with the reason why it is there or not."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from math import log2
from types import MappingProxyType

from digests.compose.figures import Agree, same_amount
from digests.compose.filters import Filter, bare_words, words_in
from digests.compose.fitting import fitted
from digests.compose.telling import headline_article, told
from digests.model import Article, CitedFigure, Digest, DigestStory, Fate, Story

STORIES = 10  # of a digest; read in two minutes
Tell = Callable[[Story], DigestStory]

_OF_OUTLET = 0.4  # of the stories, at most, while others have some too
_OF_TOPIC = 0.5
_RICH = 6  # facts; more make a story no more important
_LONG = 800  # words; more make a story no more important
_HALVED_IN = 12 * 3600.0  # seconds in which a story's importance is halved
_EVERYTHING = Filter()
_NOTHING: Mapping[int, datetime] = MappingProxyType({})
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Selection:
    """The stories for a digest in their order, and the fate of every story, the most important first."""

    stories: tuple[DigestStory, ...]
    fates: tuple[tuple[Story, Fate], ...]
    more: int  # left out for length

    def fate_of(self, url: str) -> Fate | None:
        """Return what became of the article at `url`; None: no story looked at holds it."""
        holding = (fate for story, fate in self.fates if any(one.url == url for one in story.articles))
        return next(holding, None)


class Candidate:
    """A story, and what it takes to weigh and tell it: worked out once, however many readers look at it."""

    def __init__(self, story: Story, *, agree: Agree = same_amount, tell: Tell | None = None) -> None:
        self.story = story
        self._agree = agree
        self._tell = tell or (lambda one: told(one, agree=agree))

    @cached_property
    def importance(self) -> tuple[float, int]:
        """What orders stories: told by many outlets, for long, rich in facts, at length, and recent."""
        articles = self.story.articles
        ranked = (fact for article in articles for fact in article.facts if fact.rank is not None)
        dates = [article.published.timestamp() for article in articles if article.published]
        words = max((article.text.count(" ") for article in articles), default=0)
        weight = 2 * log2(len({article.outlet for article in articles}) or 1)
        weight += log2(1 + sum(1 for _ in islice(ranked, _RICH)))
        weight += min(words, _LONG) / _LONG
        weight += log2(1 + (max(dates) - min(dates)) / _HALVED_IN) if dates else 0.0
        return weight + max(dates, default=0.0) / _HALVED_IN, self.story.id or 0

    @cached_property
    def outlet(self) -> str:
        """Whose headline it would have."""
        return headline_article(self.story).outlet

    @cached_property
    def telling(self) -> DigestStory:
        """What a digest says of it."""
        return self._tell(self.story)

    @cached_property
    def _moves(self) -> tuple[tuple[datetime, CitedFigure], ...]:
        """Figures that were otherwise before, with when the amount that is shown was given first."""
        return tuple((self._first_given(cited), cited) for cited in self.telling.figures if cited.history)

    @cached_property
    def _words(self) -> tuple[str, ...]:
        return tuple(map(words_in, self.story.articles))

    def moved(self, since: datetime) -> tuple[CitedFigure, ...]:
        """Return the figures of which no article that was there at `since` gave the amount."""
        return tuple(cited for at, cited in self._moves if at > since)

    def passes(self, wanted: Filter) -> bool:
        """Say whether it is what a reader wants: one article has a word asked for, none a rejected one.

        A story is left out that has a rejected word in a title, in half of its articles, or in what a digest
        would say of it. One outlet's mention in passing leaves out no story that others tell without it.
        """
        if not wanted:  # of most readers: the words of no article need be read
            return True
        if not any(map(wanted.asks_for, self._words)):
            return False
        having = sum(map(wanted.rejects, self._words))
        if having * 2 >= len(self._words):
            return not having
        titles = (bare_words(article.title) for article in self.story.articles)
        return not having or not any(map(wanted.rejects, (*titles, bare_words(_words_told(self.telling)))))

    def update(self, since: datetime) -> DigestStory:
        """Return what is told of it to a reader who knows it: only what moved."""
        moved = self.moved(since)
        return replace(self.telling, lead=None, quotes=(), figures=moved, is_update=True)

    def _first_given(self, cited: CitedFigure) -> datetime:
        times = [
            _known_at(article)
            for article in self.story.articles
            if article is cited.article or any(self._agree(one, cited.figure) for one in article.figures)
        ]
        return min(times)


class Candidates:
    """What some feeds told in a period, in order of importance, for all readers who follow just these."""

    def __init__(self, candidates: Sequence[Candidate], *, topics: Mapping[int, str] | None = None) -> None:
        """`topics` are those of feeds by id."""
        self.ordered = sorted(candidates, key=lambda one: one.importance, reverse=True)
        self._topics = topics or {}
        self._subjects: dict[int, str | None] = {}  # topics of stories by their place, as they are asked for
        self._passed: dict[Filter, list[bool]] = {}
        self._places = {
            story_id: place
            for place, one in enumerate(self.ordered)
            for story_id in (one.story.id, *one.story.absorbed)
            if story_id is not None
        }

    def known(self, shown: Mapping[int, datetime]) -> dict[int, tuple[CitedFigure, ...]]:
        """Return the places of stories that were shown, with the figures that have moved since.

        `shown`: when each story was shown last, by id. Readers of whom this is equal get the same.
        """
        return {place: self.ordered[place].moved(at) for place, at in self._last_shown(shown).items()}

    def select(
        self,
        *,
        most: int = STORIES,
        shown: Mapping[int, datetime] = _NOTHING,
        wanted: Filter = _EVERYTHING,
    ) -> Selection:
        """Return the `most` important stories, and what became of the others.

        A story that was `shown` comes again only where a figure has moved since, and says only that. No
        outlet and no topic has more than its share while others have stories left.
        """
        last = self._last_shown(shown)
        fates = self._considered(last, wanted)
        ready = [place for place, fate in enumerate(fates) if fate in (Fate.SHOWN, Fate.UPDATE)]
        taken = self._diverse(ready, most=most)
        for place in set(ready).difference(taken):
            fates[place] = Fate.CROWDED if taken and place < taken[-1] else Fate.LESS_IMPORTANT
        tellings = [
            self.ordered[place].update(last[place]) if place in last else self.ordered[place].telling
            for place in taken
        ]
        return Selection(
            stories=fitted(tellings, most=most),
            fates=tuple((one.story, fate) for one, fate in zip(self.ordered, fates, strict=True)),
            more=len(ready) - len(taken),
        )

    def _last_shown(self, shown: Mapping[int, datetime]) -> dict[int, datetime]:
        """Return when the stories here were shown last, by place; an absorbed one counts as this."""
        last: dict[int, datetime] = {}
        for story_id in shown.keys() & self._places.keys():
            place = self._places[story_id]
            last[place] = max(last.get(place, _NEVER), shown[story_id])
        return dict(sorted(last.items()))

    def _considered(self, last: Mapping[int, datetime], wanted: Filter) -> list[Fate]:
        if wanted not in self._passed:
            self._passed[wanted] = [one.passes(wanted) for one in self.ordered]
        fates = [Fate.SHOWN if passes else Fate.FILTERED for passes in self._passed[wanted]]
        for place, at in last.items():
            if fates[place] is Fate.SHOWN:
                fates[place] = Fate.UPDATE if self.ordered[place].moved(at) else Fate.KNOWN
        return fates

    def _diverse(self, places: Sequence[int], *, most: int) -> list[int]:
        """Return which places to take, in order: the best, then what the shares held back."""
        outlets, subjects = Counter[str](), Counter[str]()
        chosen: list[int] = []
        held: list[int] = []
        for place in places:
            if len(chosen) == most:
                break
            outlet, topic = self.ordered[place].outlet, self._topic(place)
            if outlets[outlet] >= max(2, _OF_OUTLET * most) or (
                topic is not None and subjects[topic] >= max(2, _OF_TOPIC * most)
            ):
                held.append(place)
                continue
            chosen.append(place)
            outlets[outlet] += 1
            subjects.update([topic] if topic else [])
        return sorted([*chosen, *held[: most - len(chosen)]])

    def _topic(self, place: int) -> str | None:
        if place not in self._subjects:
            self._subjects[place] = _topic(self.ordered[place].story, self._topics)
        return self._subjects[place]


def compose(
    stories: Sequence[Story],
    *,
    since: datetime,
    until: datetime,
    most: int = STORIES,
    shown: Mapping[int, datetime] = _NOTHING,
    wanted: Filter = _EVERYTHING,
    topics: Mapping[int, str] | None = None,
    agree: Agree = same_amount,
) -> Digest:
    """Return a digest of the `most` important of `stories`, in order of importance. See `selected`."""
    selection = selected(stories, most=most, shown=shown, wanted=wanted, topics=topics, agree=agree)
    return Digest(stories=selection.stories, since=since, until=until, more=selection.more)


def selected(
    stories: Sequence[Story],
    *,
    most: int = STORIES,
    shown: Mapping[int, datetime] = _NOTHING,
    wanted: Filter = _EVERYTHING,
    topics: Mapping[int, str] | None = None,
    agree: Agree = same_amount,
) -> Selection:
    """Return the selection of one reader alone. See `Candidates.select`."""
    candidates = Candidates([Candidate(story, agree=agree) for story in stories], topics=topics)
    return candidates.select(most=most, shown=shown, wanted=wanted)


def _known_at(article: Article) -> datetime:
    return article.collected or article.published or _NEVER


def _words_told(story: DigestStory) -> str:
    """Return what a digest shows of a story, outlets and speakers aside."""
    shown = [story.headline, story.lead or ""]
    for quote in story.quotes:
        shown += [piece.of(quote.article.text) for excerpt in quote.shown for piece in excerpt.pieces]
    for figure in story.figures:
        shown += [figure.figure.surface, figure.figure.concept or ""]
        shown += [piece.of(figure.article.text) for piece in figure.told]
    return "\n".join(shown)


def _topic(story: Story, topics: Mapping[int, str]) -> str | None:
    """Return the topic of most of the story's feeds."""
    named = Counter(
        topics[a.feed_id] for a in story.articles if a.feed_id is not None and a.feed_id in topics
    )
    return named.most_common(1)[0][0] if named else None
