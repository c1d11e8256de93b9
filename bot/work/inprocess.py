"""An engine in memory: all ticks run in this process."""

from collections.abc import Iterable
from functools import partial

from bot.work.contract import STOP_WITHIN, Tick
from bot.work.runs import Runs
from bot.work.ticker import Ticker


class InProcess:
    """See `Engine`."""

    def __init__(self, ticks: Iterable[Tick]) -> None:
        self._ticks = {tick.name: tick for tick in ticks}
        self._waiting: set[str] = set()
        self._runs = Runs(self.wake)
        self._ticker = Ticker()
        for tick in self._ticks.values():
            self._ticker.add(tick.name, partial(self.wake, tick.name), every=tick.every)

    async def start(self) -> None:
        """See `Engine`."""
        self._ticker.start()

    async def wake(self, name: str) -> None:
        """See `Engine`."""
        if not self._begins(name):
            self._waiting.add(name)

    async def stop(self) -> None:
        """See `Engine`."""
        self._ticker.stop()
        await self._runs.close(within=STOP_WITHIN)

    def _begins(self, name: str) -> bool:
        run = self._runs.begin(self._ticks[name])
        if run is not None:
            run.add_done_callback(lambda _: self._next(name))
        return run is not None

    def _next(self, name: str) -> None:
        """Begin the run that waits for one to end."""
        if name in self._waiting:
            self._waiting.discard(name)
            self._begins(name)
