"""Stories become the few that a reader gets, each with the reason why it is there or not."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import islice

from digests.compose.figures import Agree, same_amount
from digests.compose.filters import Filter
from digests.compose.telling import headline_article, told
from digests.model import CitedFigure, Digest, DigestStory, Story

STORIES = 10  # of a digest; read in two minutes
WORDS = 450  # of a digest, read in two minutes
_IN_FULL = 8  # stories of a digest; the others are headlines only
_OF_OUTLET = 0.4  # of the stories, at most, while others have some too
_OF_TOPIC = 0.5
_RICH = 6  # facts; more make a story no more important
_LONG_QUOTE = 50  # words; what is shown of one
_EVERYTHING = Filter()


class Fate(StrEnum):
    """What became of a story, and at which stage."""

    SHOWN = "shown"
    UPDATE = "update"  # the reader knows it, but a figure moved
    FILTERED = "filtered"  # the reader's words keep it out
    KNOWN = "known"  # the reader has had it, and nothing moved
    CROWDED = "crowded"  # its outlet or topic has its share already
    LESS_IMPORTANT = "less important"  # the digest is full


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


def compose(
    stories: Sequence[Story],
    *,
    since: datetime,
    until: datetime,
    most: int = STORIES,
    shown: Collection[int] = (),
    wanted: Filter = _EVERYTHING,
    topics: Mapping[int, str] | None = None,
    agree: Agree = same_amount,
) -> Digest:
    """Return a digest of the `most` important of `stories`, in order of importance. See `selected`."""
    selection = selected(
        stories, since=since, most=most, shown=shown, wanted=wanted, topics=topics, agree=agree
    )
    return Digest(stories=selection.stories, since=since, until=until, more=selection.more)


def selected(
    stories: Sequence[Story],
    *,
    since: datetime,
    most: int = STORIES,
    shown: Collection[int] = (),
    wanted: Filter = _EVERYTHING,
    topics: Mapping[int, str] | None = None,
    agree: Agree = same_amount,
) -> Selection:
    """Return the `most` important of `stories`, and what became of the others.

    A story that was `shown` comes again only where a figure moved `since`, and says only that. `topics` are
    those of feeds by id. No outlet and no topic has more than its share while others have stories left.
    """
    ordered = sorted(stories, key=_importance, reverse=True)
    considered = [
        _considered(story, since=since, shown=shown, wanted=wanted, agree=agree) for story in ordered
    ]
    ready = [place for place, fate in enumerate(considered) if fate in (Fate.SHOWN, Fate.UPDATE)]
    chosen = _diverse([ordered[place] for place in ready], most=most, topics=topics or {})
    taken = [place for n, place in enumerate(ready) if n in chosen]
    for place in set(ready).difference(taken):
        considered[place] = Fate.CROWDED if taken and place < taken[-1] else Fate.LESS_IMPORTANT
    tellings = [_telling(ordered[place], considered[place], since=since, agree=agree) for place in taken]
    return Selection(
        stories=tuple(_fitted(tellings)),
        fates=tuple(zip(ordered, considered, strict=True)),
        more=len(ready) - len(taken),
    )


def _importance(story: Story) -> tuple[int, int, float]:
    """Return what orders stories: told by many outlets, rich in facts, recent."""
    outlets = len({article.outlet for article in story.articles})
    ranked = (fact for article in story.articles for fact in article.facts if fact.rank is not None)
    facts = sum(1 for _ in islice(ranked, _RICH))
    newest = max((a.published.timestamp() for a in story.articles if a.published), default=0.0)
    return outlets, facts, newest


def _considered(
    story: Story, *, since: datetime, shown: Collection[int], wanted: Filter, agree: Agree
) -> Fate:
    if wanted != _EVERYTHING and not any(wanted.passes(article) for article in story.articles):
        return Fate.FILTERED
    if story.id not in shown and not any(one in shown for one in story.absorbed):
        return Fate.SHOWN
    return Fate.UPDATE if _moved(told(story, agree=agree), since=since) else Fate.KNOWN


def _telling(story: Story, fate: Fate, *, since: datetime, agree: Agree) -> DigestStory:
    """Return what is told of a story: of one that the reader knows only what moved."""
    telling = told(story, agree=agree)
    if fate is not Fate.UPDATE:
        return telling
    return replace(telling, lead=None, quotes=(), figures=_moved(telling, since=since), is_update=True)


def _moved(telling: DigestStory, *, since: datetime) -> tuple[CitedFigure, ...]:
    """Return the figures that moved since then."""
    return tuple(
        cited
        for cited in telling.figures
        if cited.history and cited.article.published is not None and cited.article.published > since
    )


def _diverse(stories: Sequence[Story], *, most: int, topics: Mapping[int, str]) -> set[int]:
    """Return which of the stories, by their place, to take: the best, then what the shares held back."""
    outlets, subjects = Counter[str](), Counter[str]()
    chosen: list[int] = []
    held: list[int] = []
    for place, story in enumerate(stories):
        if len(chosen) == most:
            break
        outlet, topic = headline_article(story).outlet, _topic(story, topics)
        if outlets[outlet] >= max(2, _OF_OUTLET * most) or (
            topic is not None and subjects[topic] >= max(2, _OF_TOPIC * most)
        ):
            held.append(place)
            continue
        chosen.append(place)
        outlets[outlet] += 1
        subjects.update([topic] if topic else [])
    return {*chosen, *held[: most - len(chosen)]}


def _topic(story: Story, topics: Mapping[int, str]) -> str | None:
    """Return the topic of most of the story's feeds."""
    named = Counter(
        topics[a.feed_id] for a in story.articles if a.feed_id is not None and a.feed_id in topics
    )
    return named.most_common(1)[0][0] if named else None


def _fitted(stories: Sequence[DigestStory]) -> Iterable[DigestStory]:
    """Return the stories with so much left out that they are read in two minutes, from the last upwards.

    Behind the first eight only headlines stand. Then, as long as there are too many words, go third
    figures, second quotes, leads of stories that quote someone, and the leads that are left.
    """
    fitted = [*stories[:_IN_FULL], *(_headline_only(story) for story in stories[_IN_FULL:])]
    words = sum(map(_words, fitted))
    for less in (_two_figures, _one_quote, _less_lead, _no_lead):
        for place in reversed(range(len(fitted))):
            if words <= WORDS:
                return fitted
            shorter = less(fitted[place])
            words += _words(shorter) - _words(fitted[place])
            fitted[place] = shorter
    return fitted


def _headline_only(story: DigestStory) -> DigestStory:
    return story if story.is_update else replace(story, lead=None, quotes=(), figures=())


def _less_lead(story: DigestStory) -> DigestStory:
    return replace(story, lead=None) if story.quotes else story


def _one_quote(story: DigestStory) -> DigestStory:
    return replace(story, quotes=story.quotes[:1])


def _two_figures(story: DigestStory) -> DigestStory:
    return replace(story, figures=story.figures[:2])


def _no_lead(story: DigestStory) -> DigestStory:
    return replace(story, lead=None)


def _words(story: DigestStory) -> int:
    quotes = sum(min(_LONG_QUOTE, len(cited.quote.text.split())) + 5 for cited in story.quotes)
    figures = sum(3 + len((cited.figure.concept or "").split()) for cited in story.figures)
    return len(story.headline.split()) + len((story.lead or "").split()) + quotes + figures
