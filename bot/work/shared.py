"""An engine that processes share: by procrastinate, wake-ups go to whichever of them is free.

A tick is a lane: of its wake-ups one waits and one runs at a time, among all processes. So there are never
more jobs than twice the ticks, however much there is to do, and none is ever scheduled ahead.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import structlog
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, Status
from procrastinate.worker import Worker

from bot.errors import CommandFailed
from bot.work.contract import STOP_WITHIN, Tick
from bot.work.runs import Runs
from bot.work.ticker import Ticker
from digests.together import Together

SCHEMA = "procrastinate"  # of its tables: see `bot.store.wakeups`
SILENT = 20.0  # seconds without a sign of life: the process is gone, and its lanes are free
_BEATS = 4  # signs of life in that time
_QUEUE, _TASK = "ticks", "pullquote.wake"
_NOBODY = -1  # no worker's number
_AT_ONCE = 16  # wake-ups that run in a process
_CONNECTIONS = 4
_PATIENCE = 5.0  # seconds for a connection
_FETCH_EVERY = 0.5  # seconds; NOTIFY tells of most wake-ups at once, but not of one sent during a look
_ENDS_WITHIN = 2.0  # seconds for what runs when the database goes away; at a stop, `Runs` waits
_AGAIN_AFTER = 1.0  # seconds, where the database is away

log = structlog.get_logger()
logging.getLogger("procrastinate").setLevel(logging.CRITICAL)  # it tells of each job, and of outages twice
logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # and of each try to connect


class Shared:
    """See `Engine`. Clocks send wake-ups, workers follow them; there may be many of each."""

    def __init__(
        self,
        ticks: Iterable[Tick],
        *,
        database: Mapping[str, str],
        is_clock: bool,
        is_worker: bool,
        silent: float = SILENT,
    ) -> None:
        """`database` is how libpq finds it: host, user, password, ..."""
        self._ticks = {tick.name: tick for tick in ticks}
        self._is_worker = is_worker
        self._silent = silent
        self._app = _app(database)
        self._jobs = self._app.job_manager
        self._app.task(name=_TASK, pass_context=True)(self._woken)
        self._worker = self._made_worker()
        self._following: set[int | None] = set()  # jobs
        self._ended: set[int | None] = set()  # jobs that are not, as seen the last time
        self._runs = Runs(self.wake)
        self._defer = Together(self._deferred)
        self._stopping = asyncio.Event()
        self._working: asyncio.Task[None] | None = None
        self._ticker = Ticker()
        for tick in self._ticks.values():
            self._add(tick, is_clock=is_clock)
        if is_clock:
            self._ticker.add("lanes of the gone", self._free_lanes, every=silent / _BEATS)
        if is_worker:
            self._ticker.add("lanes of the ended", self._free_own_lanes, every=silent / _BEATS)

    async def start(self) -> None:
        """See `Engine`."""
        try:
            await self._app.open_async()
        except ConnectorException as error:
            raise CommandFailed(f"PostgreSQL gives no connection for wake-ups ({error.__cause__})") from error
        self._ticker.start()
        if self._is_worker:
            self._working = asyncio.create_task(self._work())

    async def wake(self, name: str) -> None:
        """See `Engine`."""
        await self._defer(name)

    async def stop(self) -> None:
        """See `Engine`."""
        self._stopping.set()
        self._ticker.stop()
        self._worker.stop()  # type: ignore[no-untyped-call]  # others shall have the wake-ups from now on
        await self._runs.close(within=STOP_WITHIN)
        if self._working is not None:
            self._working.cancel()
            with suppress(asyncio.CancelledError):
                await self._working
        await self._app.close_async()

    def _add(self, tick: Tick, *, is_clock: bool) -> None:
        if tick.everywhere:
            self._ticker.add(tick.name, partial(self._begin, tick), every=tick.every)
        elif is_clock:
            self._ticker.add(tick.name, partial(self.wake, tick.name), every=tick.every)

    async def _begin(self, tick: Tick) -> None:
        self._runs.begin(tick)

    async def _work(self) -> None:
        """Follow wake-ups for ever; after an outage, begin anew."""
        while not self._stopping.is_set():  # an error at the end may take the place of the cancellation
            try:
                await self._worker.run()  # type: ignore[no-untyped-call]  # not typed there
            except Exception as error:
                log.warning("wake-ups do not come", error=str(error.__cause__ or error))
            await asyncio.sleep(_AGAIN_AFTER)

    def _made_worker(self) -> Worker:
        return Worker(
            self._app,
            queues=[_QUEUE],
            concurrency=_AT_ONCE,
            fetch_job_polling_interval=_FETCH_EVERY,
            shutdown_graceful_timeout=_ENDS_WITHIN,
            update_heartbeat_interval=self._silent / _BEATS,
            stalled_worker_timeout=self._silent,
            delete_jobs="always",
            install_signal_handlers=False,
        )

    async def _woken(self, context: JobContext, name: str) -> None:
        """Follow a wake-up: its lane is taken until the run ends, unless more may run at once."""
        self._following.add(context.job.id)
        try:
            await self._follow(name)
        finally:
            self._following.discard(context.job.id)

    async def _follow(self, name: str) -> None:
        tick = self._ticks.get(name)
        if tick is None:
            log.warning("unknown wake-up", tick=name)  # a process of another release runs
            return
        run = self._runs.begin(tick)
        if run is not None and tick.at_once == 1:
            await asyncio.shield(
                run
            )  # it may outlast its wake-up: at a stop, and when the database goes away
            await self._stay(tick)

    async def _stay(self, tick: Tick) -> None:
        """Keep a lane for a while, and run its tick as often as a clock would have it run."""
        for _ in range(int(tick.stays / tick.every)):
            with suppress(TimeoutError):
                async with asyncio.timeout(tick.every):
                    await self._stopping.wait()
            if (run := self._runs.begin(tick)) is None:
                return  # told to stop
            await asyncio.shield(run)

    async def _deferred(self, names: Sequence[str]) -> Sequence[None]:
        """Send wake-ups, but of lanes where one waits."""
        jobs = self._jobs
        waiting = {job.queueing_lock for job in await jobs.list_jobs_async(queue=_QUEUE, status="todo")}
        new = [self._job(name) for name in dict.fromkeys(names) if name not in waiting]
        if new:
            try:
                await jobs.batch_defer_jobs_async(new)
            except AlreadyEnqueued:  # another process was first with one of them
                for job in new:
                    with suppress(AlreadyEnqueued):
                        await jobs.defer_job_async(job)
        return [None] * len(names)

    def _job(self, name: str) -> Job:
        wake_up = self._app.configure_task(_TASK, queue=_QUEUE, lock=name, queueing_lock=name)
        return wake_up.make_new_job(name=name)

    async def _free_lanes(self) -> None:
        """End what processes that are gone were woken for.

        The library's recipe, to have such a job retried, fails for ever where another waits in its lane.
        """
        silent = self._silent
        for job in await self._jobs.get_stalled_jobs(queue=_QUEUE, seconds_since_heartbeat=silent):
            log.warning("process gone", tick=job.lock)
            await self._free(job)

    async def _free_own_lanes(self) -> None:
        """End what this process has done while the database was away: it could not say so."""
        mine = await self._jobs.list_jobs_async(
            queue=_QUEUE, status="doing", worker_id=self._worker.worker_id or _NOBODY
        )
        ended = {job.id: job for job in mine if job.id not in self._following}
        for number in self._ended & set(ended):  # seen twice: it is not about to begin, or just ending
            await self._free(ended[number])
        self._ended = set(ended)

    async def _free(self, job: Job) -> None:
        assert job.id is not None  # it comes from the database
        with suppress(ConnectorException):  # another was first
            await self._jobs.finish_job_by_id_async(job.id, Status.FAILED, delete_job=True)


def _app(database: Mapping[str, str]) -> App:
    found: dict[str, Any] = {**database, "options": f"-c search_path={SCHEMA}"}
    connector = PsycopgConnector(
        kwargs=found, min_size=1, max_size=_CONNECTIONS, timeout=_PATIENCE, reconnect_timeout=_PATIENCE
    )
    return App(connector=connector)
