"""Something is expected to happen, and whoever waits is woken when it may have."""

import asyncio
from collections.abc import Callable


async def until(holds: Callable[[], bool], news: asyncio.Event, *, wait: float) -> None:
    """Return once `holds()`; asked again whenever `news` is set.

    Raises:
        TimeoutError: it does not within `wait` seconds.
    """
    async with asyncio.timeout(wait):
        while not holds():
            news.clear()
            await news.wait()
