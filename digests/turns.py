"""What is due becomes visits: to all hosts at once, to each a few, so that a slow one holds up no other."""

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Iterable, Set
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

from digests.identity import host_of

OF_A_HOST = 2  # one is fetched while the one before it is parsed; the fetcher keeps the gap between them
BESIDE = 4  # visits to those in trouble, or unknown, beside those that are known to be well

T = TypeVar("T")
R = TypeVar("R")


def _all_alike(_: object) -> bool:
    return True


class Turns(Generic[T]):
    """At most `at_once` visits at a time, and `most` under way, those that wait for their turn included.

    What is under way is not begun again, whoever finds it due; what is too much is left for later.
    """

    def __init__(self, at_once: int, *, most: int) -> None:
        self._places = _Places(at_once)
        self._most = most
        self._under_way: set[Hashable] = set()
        self._hosts: Counter[str] = Counter()

    def __len__(self) -> int:
        """Return how many visits are under way."""
        return len(self._under_way)

    @property
    def is_full(self) -> bool:
        return len(self) >= self._most

    @property
    def hosts(self) -> Set[str]:
        """The hosts at which a visit is under way."""
        return self._hosts.keys()

    async def visit(
        self,
        things: Iterable[T],
        do: Callable[[T], Awaitable[R]],
        *,
        name: Callable[[T], Hashable],
        url: Callable[[T], str],
        is_well: Callable[[T], bool] = _all_alike,
    ) -> list[R]:
        """Return what came of each visit, once the last has ended.

        Those that are not `is_well` wait while others are under way, but for a few.

        Raises:
            Exception: what the first visit raised that raised anything; it stopped no other.
        """
        queues: dict[str, deque[T]] = defaultdict(deque)
        for thing in things:
            if name(thing) not in self._under_way and not self.is_full:
                self._under_way.add(name(thing))
                queues[host_of(url(thing))].append(thing)
        well_first = sorted(queues.items(), key=lambda item: not is_well(item[1][0]))
        lanes = [(host, queue) for host, queue in well_first for _ in range(min(OF_A_HOST, len(queue)))]
        self._hosts.update(host for host, _ in lanes)
        try:
            visits = (self._lane(host, queue, do, name, is_well) for host, queue in lanes)
            done = await asyncio.gather(*visits)
        finally:  # cancelled: who still waits may be begun anew
            self._under_way.difference_update(name(thing) for queue in queues.values() for thing in queue)
        return _told([one for some in done for one in some])

    async def _lane(
        self,
        host: str,
        queue: deque[T],
        do: Callable[[T], Awaitable[R]],
        name: Callable[[T], Hashable],
        is_well: Callable[[T], bool],
    ) -> list[R | Exception]:
        outcomes: list[R | Exception] = []
        try:
            while queue:
                thing = queue.popleft()
                try:
                    async with self._places.one(is_well=is_well(thing)):
                        outcomes.append(await do(thing))
                except Exception as error:  # told at the end
                    outcomes.append(error)
                finally:
                    self._under_way.discard(name(thing))
        finally:
            self._hosts[host] -= 1
            if not self._hosts[host]:
                del self._hosts[host]
        return outcomes


class _Places:
    """At most `count` at a time that are well; of the others a few meanwhile, and more while none is well."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._others_alone = max(1, count * 2 // 5)  # they may hold theirs for long
        self._well = self._others = 0  # that have a place
        self._well_waiting: deque[asyncio.Future[None]] = deque()
        self._others_waiting: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def one(self, *, is_well: bool) -> AsyncIterator[None]:
        """Wait for a place, and hold it."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        (self._well_waiting if is_well else self._others_waiting).append(turn)
        self._admit()
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # it was ours already
                self._leave(is_well=is_well)
            raise
        try:
            yield
        finally:
            self._leave(is_well=is_well)

    def _leave(self, *, is_well: bool) -> None:
        if is_well:
            self._well -= 1
        else:
            self._others -= 1
        self._admit()

    def _admit(self) -> None:
        while self._well < self._count and (turn := _next(self._well_waiting)):
            self._well += 1
            turn.set_result(None)
        most = min(BESIDE, self._others_alone) if self._well else self._others_alone
        while self._others < most and (turn := _next(self._others_waiting)):
            self._others += 1
            turn.set_result(None)


def _next(waiting: deque[asyncio.Future[None]]) -> asyncio.Future[None] | None:
    while waiting:
        turn = waiting.popleft()
        if not turn.done():
            return turn
    return None


def _told(outcomes: list[R | Exception]) -> list[R]:
    told: list[R] = []
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome
        told.append(outcome)
    return told
