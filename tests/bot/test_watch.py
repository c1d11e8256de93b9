"""What a watcher is told of a process, by its roles."""

import socket

import aiohttp
import pytest

from bot.store.clocks import SqlClocks
from bot.watch import web_server
from bot.web.pulse import Pulse
from config.settings import Web
from tests.fakes import NOON, FakeClock


@pytest.fixture
async def asked(engine, unused_port):
    """Ask a process that has ticked, with these parts."""
    servers = []

    async def ask(path, **parts):
        pulse = Pulse()
        await pulse.beat()
        settings = Web(_env_file=None, port=unused_port)
        server = web_server(settings, engine, clock=FakeClock(), pulse=pulse, sends={}, **parts)
        servers.append(server)
        await server.start()
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{unused_port}{path}") as answer,
        ):
            return answer.status, await answer.text()

    yield ask
    for server in servers:
        await server.stop()


@pytest.fixture
def unused_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


async def test_process_that_ticks_by_itself_is_ready(asked):
    assert (await asked("/readyz"))[0] == 200


async def test_worker_without_a_clock_says_so(asked, engine):
    status, said = await asked("/readyz", wakeups=SqlClocks(engine, owner="me"))

    assert status == 503
    assert "run --roles clock" in said


async def test_worker_with_a_clock_is_ready(asked, engine):
    clocks = SqlClocks(engine, owner="another")
    await clocks.tick(until=NOON.replace(hour=13))

    assert (await asked("/readyz", wakeups=clocks))[0] == 200


async def test_metrics_tell_what_the_database_says(asked):
    status, said = await asked("/metrics")

    assert status == 200
    for name in (
        "pullquote_slots_due 0.0",
        "pullquote_slots_overdue 0.0",
        "pullquote_oldest_overdue_seconds 0.0",
        "pullquote_parts_uncertain 0.0",
        'pullquote_feeds{state="ok"} 0.0',
        "pullquote_database_up 1.0",
        "pullquote_tick_age_seconds",
        "pullquote_event_loop_lag_seconds_count",
    ):
        assert name in said


def test_without_a_port_nothing_is_served(engine):
    nothing = web_server(Web(_env_file=None), engine, clock=FakeClock(), pulse=Pulse(), sends={})

    assert nothing is None
