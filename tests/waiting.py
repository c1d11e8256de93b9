"""Waiting for what must come, as long as a slow and busy machine may take."""

import asyncio
from collections.abc import Callable

PATIENCE = 60.0  # seconds; only a test that fails waits so long


async def until(holds: Callable[[], object]) -> None:
    """Return as soon as it holds.

    Raises:
        TimeoutError: it never does.
    """
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await asyncio.sleep(0.01)
