"""Real processes deliver while they are killed: nothing is lost, and what comes twice says so."""

import asyncio
import shutil
import subprocess
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bench.delivery.outages import cut, full, locked, outage, restarted
from bench.delivery.storms import Storm, weather
from bench.delivery.worker import Errand
from bot.store.schema import bring_up_to_date
from digests.store.engine import engine_of

pytestmark = pytest.mark.storm

ROOT = Path(__file__).parents[2]

QUICK = Errand("", "", "", claimed_for=3.0, answered_within=4.0, resend_after=0.2)


async def test_killed_workers_lose_nothing_and_repeat_only_what_was_on_its_way_and_say_so(database_url):
    damage = await weather(database_url, Storm(200, blows=2, longest=0.2), QUICK)

    assert damage.unlisted == set()  # one that was hit twice is held, and told of
    assert damage.arrivals.unmarked == 0
    assert damage.arrivals.repeats <= len(damage.in_flight)
    assert damage.in_flight


async def test_three_processes_at_once_lose_and_repeat_nothing_and_end_when_told_to(database_url):
    damage = await weather(database_url, Storm(200, workers=3, slow=0.05))

    assert damage.arrivals.lost == set()
    assert damage.arrivals.repeats == 0
    assert damage.codes == [0, 0, 0]


async def test_database_that_goes_away_for_a_while_loses_nothing_and_repeats_nothing_unsaid(database_url):
    strike = partial(locked, seconds=0.5) if database_url.startswith("sqlite") else cut

    toll = await outage(database_url, strike, deliveries=200, times=2)

    _assert_survived(toll)


async def test_full_disk_lets_nothing_leave_that_is_not_written_down_and_loses_nothing(
    tmp_path, migrated_file
):
    copy = shutil.copy(migrated_file, tmp_path / "test.db")

    toll = await outage(f"sqlite+aiosqlite:///{copy}", partial(full, seconds=0.7), deliveries=200, times=2)

    _assert_survived(toll)
    assert toll.arrivals.repeats == 0


@pytest.mark.postgres
@pytest.mark.parametrize("crash", [False, True])
async def test_server_that_restarts_loses_nothing_and_repeats_nothing_unsaid(own_server, crash):
    toll = await outage(own_server, partial(restarted, crash=crash), deliveries=200, times=2)

    _assert_survived(toll)
    assert toll.strikes


@pytest.fixture
async def own_server():
    """Give the URL of a migrated database on a server of the test's own, which it may restart."""
    begin = (".ci/postgres", "sh", "-c", "echo $TEST_POSTGRES_URL; read until_the_end")
    piped = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "cwd": ROOT}
    server = await asyncio.create_subprocess_exec(*begin, **piped)
    given = (await server.stdout.readline()).decode().strip()
    if not given:
        pytest.skip("no PostgreSQL is installed")
    url = make_url(given).set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)
    engine = engine_of(url)
    await bring_up_to_date(engine)
    await engine.dispose()
    yield url
    server.stdin.close()
    await server.wait()


def _assert_survived(toll):
    assert toll.arrivals.lost == set()
    assert toll.untold == set()
    assert toll.arrivals.unmarked == 0
    assert toll.slowest_return < 30
