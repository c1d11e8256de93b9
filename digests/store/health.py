"""Stored feeds become what an operator wants to know of them: how many are well, and which are not."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from digests.model import Feed, FeedState
from digests.store.engine import reading
from digests.store.rows import FEED, feed_from

_WELL = (FeedState.OK, FeedState.SLOW)
# One that nobody wants is asleep, and its state is of no interest; one that is gone is never asked again.
_WANTED = or_(FEED.c.next_poll_at.is_not(None), FEED.c.state == FeedState.GONE)


async def failing_feeds(engine: AsyncEngine) -> Sequence[Feed]:
    """Return the feeds that are read in vain, those that have failed the longest first."""
    failing = (
        select(FEED).where(_WANTED, FEED.c.state.not_in(_WELL)).order_by(FEED.c.failing_since, FEED.c.id)
    )
    oldest_first = failing.order_by(FEED.c.failing_since, FEED.c.id)
    async with reading(engine) as connection:
        return [feed_from(row) for row in (await connection.execute(oldest_first)).mappings()]


async def feeds_by_state(engine: AsyncEngine) -> Mapping[FeedState, int]:
    """Return how many feeds are in each state; states without a feed are there too."""
    counted = select(FEED.c.state, func.count()).where(_WANTED).group_by(FEED.c.state)
    async with reading(engine) as connection:
        found = {FeedState(state): count for state, count in await connection.execute(counted)}
    return {state: found.get(state, 0) for state in FeedState}
