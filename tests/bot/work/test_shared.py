"""Wake-ups between processes, through a PostgreSQL; a process is an engine here."""

import asyncio

import pytest
from sqlalchemy import text

from bot.store.wakeups import migrate_wakeups, wakeups_at
from bot.work.contract import Tick
from bot.work.shared import Shared
from digests.store.engine import engine_of
from tests.waiting import PATIENCE, until

pytestmark = pytest.mark.postgres

NEVER = 3600.0  # seconds
SILENT = 1.0


class Look:
    """Something that a tick does, in whichever process; it ends when it is let."""

    def __init__(self, *, finds=0):
        self.begun = []
        self.ended = 0
        self.finds = finds
        self.may_end = asyncio.Semaphore(0)

    def by(self, process):
        async def look():
            self.begun.append(process)
            await self.may_end.acquire()
            self.ended += 1
            return self.finds

        return look

    def let_all(self):
        for _ in range(1000):
            self.may_end.release()


@pytest.fixture
async def database(postgres_url):
    engine = engine_of(postgres_url)
    await migrate_wakeups(engine)
    yield engine
    await engine.dispose()


@pytest.fixture
async def processes(database, postgres_url):
    """Start engines, each with ticks of its own making, and stop those that are left."""
    left = []

    async def start(ticks, *, is_clock=False, is_worker=True):
        engine = Shared(
            ticks, database=wakeups_at(postgres_url), is_clock=is_clock, is_worker=is_worker, silent=SILENT
        )
        left.append(engine)
        await engine.start()
        return engine

    yield start
    for engine in left:
        await engine.stop()


async def jobs(database):
    async with database.connect() as connection:
        found = await connection.execute(text("SELECT lock, status FROM procrastinate.procrastinate_jobs"))
        return sorted((row.lock, row.status) for row in found)


async def test_clock_wakes_a_worker(processes):
    look = Look()
    look.let_all()
    await processes([Tick("look", NEVER, look.by("worker"))])
    await processes([Tick("look", 0.1, look.by("clock"))], is_clock=True, is_worker=False)

    await until(lambda: look.ended >= 2)

    assert set(look.begun) == {"worker"}


async def test_two_clocks_have_one_run_and_one_wait(processes, database):
    look = Look()
    for name in ("one", "two"):
        await processes([Tick("look", NEVER, look.by(name))])
        await processes([Tick("look", 0.05, look.by("clock"))], is_clock=True, is_worker=False)

    await until(lambda: look.begun)
    await asyncio.sleep(0.5)

    assert len(look.begun) == 1
    assert await jobs(database) == [("look", "doing"), ("look", "todo")]
    look.let_all()


async def test_run_that_found_something_wakes_the_next_in_whichever_process(processes):
    first, second = Look(finds=3), Look()
    first.let_all()
    second.let_all()
    ticks = [Tick("first", NEVER, first.by("a"), wakes=("second",)), Tick("second", NEVER, second.by("a"))]
    worker = await processes(ticks)

    await worker.wake("first")

    await until(lambda: second.ended)


async def test_lane_of_a_look_that_may_run_several_times_is_free_while_it_waits(processes, database):
    look = Look()
    worker = await processes([Tick("look", NEVER, look.by("a"), at_once=2)])

    for count in (1, 2):
        await worker.wake("look")
        await until(lambda count=count: len(look.begun) == count)

    await worker.wake("look")
    await asyncio.sleep(0.3)
    assert len(look.begun) == 2
    look.let_all()


async def test_lane_of_a_process_that_is_gone_is_free_again(processes, database):
    look = Look()
    async with database.begin() as connection:
        await connection.execute(text("SET LOCAL search_path TO procrastinate"))
        await connection.execute(
            text("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')")
        )
        await connection.execute(
            text(
                "INSERT INTO procrastinate_jobs"
                " (queue_name, task_name, lock, queueing_lock, args, status, worker_id)"
                " SELECT 'ticks', 'pullquote.wake', 'look', 'look', '{\"name\": \"look\"}', 'doing', id"
                " FROM procrastinate_workers"
            )
        )
    look.let_all()
    await processes([Tick("look", 0.1, look.by("a"))], is_clock=True)

    await until(lambda: look.ended)


async def test_wake_up_that_nobody_knows_harms_nothing(processes, database):
    look = Look()
    look.let_all()
    await processes([Tick("old", 0.1, look.by("clock"))], is_clock=True, is_worker=False)
    worker = await processes([Tick("look", NEVER, look.by("a"))])

    await worker.wake("look")

    await until(lambda: look.ended)


async def test_stop_lets_end_what_runs_and_leaves_no_job(processes, database):
    look = Look()
    worker = await processes([Tick("look", NEVER, look.by("a"))])
    await worker.wake("look")
    await until(lambda: look.begun)

    stopping = asyncio.create_task(worker.stop())
    await asyncio.sleep(0.1)
    assert not stopping.done()
    look.let_all()
    await asyncio.wait_for(stopping, timeout=PATIENCE)

    assert await jobs(database) == []


async def test_while_a_process_stops_others_have_its_lanes(processes):
    look = Look()
    tick = {name: Tick("look", NEVER, look.by(name)) for name in ("one", "two")}
    first = await processes([tick["one"]])
    await first.wake("look")
    await until(lambda: look.begun)
    second = await processes([tick["two"]])

    stopping = asyncio.create_task(first.stop())
    await second.wake("look")

    await until(lambda: look.begun == ["one", "two"])
    assert not stopping.done()
    look.let_all()
    await stopping
    assert look.ended == 2


async def cut(database):
    """Close all connections but our own, as a server that is restarted does."""
    async with database.connect() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


async def test_wake_ups_come_again_after_the_database_was_away(processes, database):
    look = Look()
    look.let_all()
    await processes([Tick("look", 0.1, look.by("a"))], is_clock=True)
    await until(lambda: look.ended)

    await cut(database)
    ended = look.ended

    await until(lambda: look.ended > ended + 3)


async def test_lane_is_free_again_when_a_run_ended_while_the_database_was_away(processes, database):
    look = Look()
    worker = await processes([Tick("look", 0.1, look.by("a"))], is_clock=True)
    await until(lambda: look.begun)
    async with database.begin() as connection:  # what it does as it ends fails
        await connection.execute(text("ALTER SCHEMA procrastinate RENAME TO away"))
    look.let_all()
    await until(lambda: look.ended)
    await asyncio.sleep(0.3)
    assert worker._following == set()

    async with database.begin() as connection:
        await connection.execute(text("ALTER SCHEMA away RENAME TO procrastinate"))

    await until(lambda: look.ended > 3)


async def test_tick_stays_with_the_process_that_has_what_it_needs_ready(processes, database):
    look = Look()
    look.let_all()
    for name in ("one", "two"):
        await processes([Tick("look", 0.1, look.by(name), stays=60.0)])
    await processes([Tick("look", 0.1, look.by("clock"))], is_clock=True, is_worker=False)

    await until(lambda: look.ended >= 4)

    assert len(set(look.begun)) == 1
    assert await jobs(database) == [("look", "doing"), ("look", "todo")]
