"""What a run takes: memory of the whole tree of processes, and how late the event loop is."""

import asyncio
import os
import statistics
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

_EVERY = 0.02  # seconds


class Watch:
    """Samples while it is open. Memory is what the processes hold, shared pages counted once (PSS)."""

    def __init__(self) -> None:
        self.peak = 0  # bytes
        self.start = 0
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
            self.peak = max(self.peak, await asyncio.to_thread(memory_of_tree, os.getpid()))
            await asyncio.sleep(0.1)


def memory_of_tree(pid: int) -> int:
    """Return the bytes that a process and its descendants hold; those of a fault server are not ours."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, IndexError, ValueError):
            fields = path.read_text().rpartition(")")[2].split()
            children.setdefault(int(fields[1]), []).append(int(path.parent.name))
    total, pending = 0, [pid]
    while pending:
        one = pending.pop()
        total += _memory_of(one)
        pending += [child for child in children.get(one, ()) if not _is_server(child)]
    return total


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
