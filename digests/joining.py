"""Articles that are in no story yet join the stories of the last days, which are kept ready meanwhile."""

import asyncio
from datetime import datetime, timedelta

from digests.ports import CollectStore
from digests.stories import Grouping

AT_ONCE = 500  # articles
WINDOW = timedelta(days=3)  # a story that nobody has added to for so long is closed


class Joining:
    """What is known of stories; read from the store at first, and when another process has changed them."""

    def __init__(self) -> None:
        self._grouping: Grouping | None = None
        self._seen: datetime | None = None  # the newest change that we know of

    async def join(self, store: CollectStore, *, now: datetime) -> int:
        """Put loose articles into stories; return how many there were."""
        loose = await store.ungrouped(limit=AT_ONCE)
        if loose:
            grouping = await self._known(store, now=now)
            self._grouping = None  # whatever fails from here on: the store knows better then
            stories = await asyncio.to_thread(grouping.add, loose)
            grouping.stored(await store.save_stories(stories, now=now))
            grouping.forget(now - WINDOW)
            self._grouping, self._seen = grouping, now
        return len(loose)

    async def _known(self, store: CollectStore, *, now: datetime) -> Grouping:
        newest = await store.stories_changed()
        if self._grouping is not None and newest == self._seen:
            return self._grouping
        return await asyncio.to_thread(Grouping, await store.stories_since(now - WINDOW))
