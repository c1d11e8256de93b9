"""What a run takes: memory of the whole tree of processes, and how late the event loop is."""

import asyncio
import os
import statistics
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

_EVERY = 0.02  # seconds


class Watch:
    """Samples while it is open. Memory is what the processes hold, shared pages counted once (PSS).

    A parser that takes its time has a low priority from then on, and ends with its call: so long as such a
    child is there, it is busy with one call.
    """

    def __init__(self) -> None:
        self.peak = 0  # bytes
        self.start = 0
        self.longest = 0.0  # seconds that a child was busy with one call, but for its first half second
        self._slow_since: dict[int, float] = {}
        self.lags: list[float] = []  # seconds that the loop was late

    @property
    def growth(self) -> int:
        return self.peak - self.start

    def lag_p99(self) -> float:
        """Return the 99th percentile of the loop's lateness, in seconds."""
        return statistics.quantiles(self.lags, n=100)[98] if len(self.lags) > 1 else 0.0

    async def __aenter__(self) -> Self:
        self.start = self.peak = memory_of_tree(os.getpid())
        self._tasks = [asyncio.create_task(self._time()), asyncio.create_task(self._weigh())]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.peak = max(self.peak, memory_of_tree(os.getpid()))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _time(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + _EVERY
            await asyncio.sleep(_EVERY)
            self.lags.append(max(0.0, loop.time() - due))

    async def _weigh(self) -> None:
        while True:
            tree = await asyncio.to_thread(_tree_of, os.getpid())
            self._time_slow_ones(tree)
            self.peak = max(self.peak, await asyncio.to_thread(_memory_of_all, list(tree)))
            await asyncio.sleep(0.1)

    def _time_slow_ones(self, tree: dict[int, int]) -> None:
        now = asyncio.get_running_loop().time()
        usual = os.getpriority(os.PRIO_PROCESS, 0)
        slow = [pid for pid, priority in tree.items() if priority > usual]
        self._slow_since = {pid: self._slow_since.get(pid, now) for pid in slow}
        self.longest = max([self.longest, *(now - since for since in self._slow_since.values())])


def memory_of_tree(pid: int) -> int:
    """Return the bytes that a process and its descendants hold; those of a fault server are not ours."""
    return _memory_of_all(list(_tree_of(pid)))


def _tree_of(pid: int) -> dict[int, int]:
    """Return a process and its descendants, each with its priority: a higher number is a lower one."""
    children: dict[int, list[int]] = {}
    priority: dict[int, int] = {pid: 0}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, IndexError, ValueError):
            fields = path.read_text().rpartition(")")[2].split()  # from the third on, see proc(5)
            children.setdefault(int(fields[1]), []).append(int(path.parent.name))
            priority[int(path.parent.name)] = int(fields[16])
    tree, pending = [], [pid]
    while pending:
        tree.append(one := pending.pop())
        pending += [child for child in children.get(one, ()) if not _is_server(child)]
    return {one: priority[one] for one in tree}


def _memory_of_all(pids: Sequence[int]) -> int:
    return sum(map(_memory_of, pids))


def _memory_of(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _is_server(pid: int) -> bool:
    with suppress(OSError):
        return b"bench.fault_server" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False
