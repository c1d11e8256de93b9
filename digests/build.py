"""Second half of the walk: stories in the store become editions that hold only what was written."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from weakref import WeakValueDictionary

from digests.compose import STORIES, Candidate, Candidates, filter_of
from digests.facts.figures.compare import Sameness, compared
from digests.model import Article, Digest, Edition, Feed, Figure, Story
from digests.ports import BuildStore
from digests.verify import Verified, verify

FRESH = timedelta(minutes=1)  # as long are the stories of some feeds those of another reader of the same
# A page that was being read while the last digest was composed is not missed: the stories shown are left out.
OVERLAP = timedelta(minutes=30)
_GRAIN = timedelta(minutes=15)  # readers whose last digests were so near begin at the same time

_NOTHING: Mapping[int, datetime] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader wants of the news."""

    feeds: tuple[Feed, ...]
    most: int = STORIES
    words: str = ""  # see `digests.compose.filters`
    shown: Mapping[int, datetime] = field(default_factory=lambda: _NOTHING)  # stories, and when they were


@dataclass(frozen=True, slots=True)
class Composed:
    """An edition, under a key that only readers with the same selection share."""

    key: str
    edition: Edition
    dropped: int  # passages that were not in their articles


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What the same feeds told since the same time, for all who follow them, and the editions made of it."""

    candidates: Candidates
    since: datetime
    until: datetime
    editions: dict[str, Composed] = field(default_factory=dict)

    def is_fresh(self, now: datetime) -> bool:
        return self.until <= now < self.until + FRESH


class Newsroom:
    """Compose editions of one store for many readers; what they have in common is worked out once."""

    def __init__(self, store: BuildStore) -> None:
        self._store = store
        self._shelves: dict[tuple[frozenset[int], datetime], _Shelf] = {}
        self._known: WeakValueDictionary[object, Candidate] = WeakValueDictionary()
        self._reading = asyncio.Lock()

    async def compose(self, wish: Wish, *, since: datetime, now: datetime) -> Composed:
        """Return the edition of what a reader's feeds told `since`, up to a minute ago or less.

        It may begin earlier, so that readers share it; of what a reader has been shown it tells no more than
        figures that have moved since.
        """
        shelf = await self._shelf(wish.feeds, since=_floor(since - OVERLAP), now=now)
        key = _key(wish, shelf)
        if key not in shelf.editions:
            shelf.editions[key] = await asyncio.to_thread(_composed, key, wish, shelf)
        return shelf.editions[key]

    async def compose_alone(self, wish: Wish, *, since: datetime, until: datetime) -> Composed:
        """Return the edition of just that time, with all that the store holds by now."""
        shelf = await self._read(wish.feeds, since=since, until=until)
        return await asyncio.to_thread(_composed, _key(wish, shelf), wish, shelf)

    def forget(self, *, now: datetime) -> None:
        """Let go of what nobody will share any more."""
        stale = [name for name, shelf in self._shelves.items() if not shelf.is_fresh(now)]
        for name in stale:
            del self._shelves[name]

    async def _shelf(self, feeds: Sequence[Feed], *, since: datetime, now: datetime) -> _Shelf:
        name = (frozenset(feed.id for feed in feeds), since)
        async with self._reading:
            shelf = self._shelves.get(name)
            if shelf is None or not shelf.is_fresh(now):
                shelf = self._shelves[name] = await self._read(feeds, since=since, until=now)
            return shelf

    async def _read(self, feeds: Sequence[Feed], *, since: datetime, until: datetime) -> _Shelf:
        stories = await self._store.stories_for([feed.id for feed in feeds], since=since, until=until)
        topics = {feed.id: feed.topic for feed in feeds if feed.topic}
        return _Shelf(Candidates(list(map(self._candidate, stories)), topics=topics), since, until)

    def _candidate(self, story: Story) -> Candidate:
        """Return the candidate of a story as these feeds tell it; others that tell it so have the same."""
        name = (story.id, story.absorbed, tuple((one.id, one.outlet) for one in story.articles))
        known = self._known.get(name)
        if known is None or not all(map(_are_told_alike, known.story.articles, story.articles)):
            known = self._known[name] = Candidate(story, agree=_agree)
        return known


async def build(
    store: BuildStore,
    feeds: Sequence[Feed],
    *,
    since: datetime,
    until: datetime,
    most: int = STORIES,
    words: str = "",
) -> Verified:
    """Return the digest of what these feeds told in `since < at <= until`, for one reader alone."""
    composed = await Newsroom(store).compose_alone(Wish(tuple(feeds), most, words), since=since, until=until)
    return Verified(composed.edition.digest, composed.dropped)


def _composed(key: str, wish: Wish, shelf: _Shelf) -> Composed:
    selection = shelf.candidates.select(most=wish.most, shown=wish.shown, wanted=filter_of(wish.words))
    digest = Digest(selection.stories, since=shelf.since, until=shelf.until, more=selection.more)
    verified = verify(digest)
    fates = tuple((story.id, fate) for story, fate in selection.fates if story.id is not None)
    return Composed(key, Edition(verified.digest, fates, wish.words), verified.dropped)


def _key(wish: Wish, shelf: _Shelf) -> str:
    """Return what only wishes have in common that lead to the same edition."""
    known = [(place, len(moved)) for place, moved in shelf.candidates.known(wish.shown).items()]
    feeds = sorted(feed.id for feed in wish.feeds)
    inputs = (feeds, shelf.since.isoformat(), shelf.until.isoformat(), wish.most, wish.words, known)
    return hashlib.sha256(repr(inputs).encode()).hexdigest()


def _are_told_alike(one: Article, other: Article) -> bool:
    """Say whether two feeds tell the same of an article: what one of them alone says is for its readers."""
    return one is other or (one.title, one.published, one.collected) == (
        other.title,
        other.published,
        other.collected,
    )


def _floor(moment: datetime) -> datetime:
    return moment - timedelta(seconds=moment.timestamp() % _GRAIN.total_seconds())


def _agree(one: Figure, other: Figure) -> bool:
    return compared(one, other) is not Sameness.DIFFERENT
