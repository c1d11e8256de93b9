"""Second half of the walk: stories in the store become a digest that holds only what was written."""

from collections.abc import Collection, Sequence
from datetime import datetime

from digests.compose import STORIES, compose
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
    """Return the digest of what these feeds told in `since < at <= until`, without the stories `shown`."""
    stories = await store.stories_for(feed_ids, since=since, until=until)
    fresh = [story for story in stories if story.id not in shown]
    return verify(compose(fresh, since=since, until=until, most=most))
