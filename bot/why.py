"""An article that somebody asks about becomes the stage at which their last digest kept or dropped it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Found, Slot, Stage, Subscription, Trace, Traced
from bot.ports import Editions, Subscriptions, Traces
from digests.model import DigestStory, Edition

MOST = 3  # articles of an answer


@dataclass(frozen=True, slots=True)
class Tracing:
    """Answer why an article is in a digest, or not, knowing no feed that the room does not follow."""

    subscriptions: Subscriptions
    editions: Editions
    traces: Traces

    async def __call__(self, subscription: Subscription, asked: str) -> Traced:
        """Return what became of the articles at a URL, or with all these words in their titles.

        With nothing asked, how many stories of the last digest met which end.
        """
        last = await self.editions.last(subscription)
        at = last[0].due_at if last else None
        if not asked:
            ends = Counter(Stage(fate.value) for _, fate in last[1].fates) if last else Counter[Stage]()
            return Traced(at=at, ends=tuple(ends.items()))
        feeds = await self.subscriptions.feeds(subscription)
        found = await self.traces(feeds, asked, limit=MOST)
        return Traced(at=at, traces=tuple(_traced(one, last) for one in found))


def _traced(found: Found, last: tuple[Slot, Edition] | None) -> Trace:
    stage = _stage(found, None if last is None else last[1])
    told = None if last is None else _told(found.stories, last[1])
    return Trace(
        title=found.title,
        url=found.url,
        outlet=found.outlet,
        stage=stage,
        headline=told.headline if told else None,
        words=last[1].words if last else "",
    )


def _stage(found: Found, edition: Edition | None) -> Stage:
    if found.collected is None:
        return Stage.NOT_READ if found.is_untried else Stage.NO_TEXT if found.is_given_up else Stage.TROUBLE
    if not found.stories:
        return Stage.LOOSE
    if edition is None:
        return Stage.WAITING
    fates = dict(edition.fates)
    fate = next((fates[one] for one in found.stories if one in fates), None)
    if fate is not None and found.collected <= edition.digest.until:
        return Stage(fate.value)
    return Stage.WAITING if found.collected > edition.digest.until else Stage.EARLIER


def _told(stories: Sequence[int], edition: Edition) -> DigestStory | None:
    return next((one for one in edition.digest.stories if one.story_id in stories), None)
