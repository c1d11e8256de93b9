"""Second half of the walk: stories in the store become a digest that holds only what was written."""

from collections.abc import Collection, Sequence
from datetime import datetime

from digests.compose import STORIES, compose
from digests.facts.figures.compare import Sameness, compared
from digests.model import Figure
from digests.ports import BuildStore
from digests.verify import Verified, verify


async def build(
    store: BuildStore,
    feed_ids: Sequence[int],
    *,
    since: datetime,
    until: datetime,
    shown: Collection[int] = (),
    most: int = STORIES,
) -> Verified:
    """Return the digest of what these feeds told in `since < at <= until`.

    Of the stories `shown` it tells no more than figures that have moved.
    """
    stories = await store.stories_for(feed_ids, since=since, until=until)
    return verify(compose(stories, since=since, until=until, most=most, shown=shown, agree=_agree))


def _agree(one: Figure, other: Figure) -> bool:
    return compared(one, other) is not Sameness.DIFFERENT
