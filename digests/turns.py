"""What is due becomes visits: to all hosts at once, to each a few, so that a slow one holds up no other."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Hashable, Iterable
from typing import Generic, TypeVar
from urllib.parse import urlsplit

OF_A_HOST = 2  # one is fetched while the one before it is parsed; the fetcher keeps the gap between them

T = TypeVar("T")
R = TypeVar("R")


class Turns(Generic[T]):
    """At most `at_once` visits at a time, and `most` under way, those that wait for their turn included.

    What is under way is not begun again, whoever finds it due; what is too much is left for later.
    """

    def __init__(self, at_once: int, *, most: int) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._most = most
        self._under_way: set[Hashable] = set()

    def __len__(self) -> int:
        """Return how many visits are under way."""
        return len(self._under_way)

    @property
    def is_full(self) -> bool:
        return len(self) >= self._most

    async def visit(
        self,
        things: Iterable[T],
        do: Callable[[T], Awaitable[R]],
        *,
        name: Callable[[T], Hashable],
        url: Callable[[T], str],
    ) -> list[R]:
        """Return what came of each visit, once the last has ended.

        Raises:
            Exception: what the first visit raised that raised anything; it stopped no other.
        """
        queues: dict[str, deque[T]] = defaultdict(deque)
        for thing in things:
            if name(thing) not in self._under_way and not self.is_full:
                self._under_way.add(name(thing))
                queues[_host_of(url(thing))].append(thing)
        lanes = [queue for queue in queues.values() for _ in range(min(OF_A_HOST, len(queue)))]
        try:
            done = await asyncio.gather(*(self._lane(queue, do, name) for queue in lanes))
        finally:  # cancelled: who still waits may be begun anew
            self._under_way.difference_update(name(thing) for queue in queues.values() for thing in queue)
        return _told([one for some in done for one in some])

    async def _lane(
        self, queue: deque[T], do: Callable[[T], Awaitable[R]], name: Callable[[T], Hashable]
    ) -> list[R | Exception]:
        outcomes: list[R | Exception] = []
        while queue:
            thing = queue.popleft()
            try:
                async with self._free:
                    outcomes.append(await do(thing))
            except Exception as error:  # told at the end
                outcomes.append(error)
            finally:
                self._under_way.discard(name(thing))
        return outcomes


def _host_of(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _told(outcomes: list[R | Exception]) -> list[R]:
    told: list[R] = []
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome
        told.append(outcome)
    return told
