"""What a watcher is answered, and why we are not ready."""

import asyncio
from datetime import UTC, datetime

import aiohttp
import pytest

from bot.errors import Misconfigured
from bot.web import health
from bot.web.health import Health, clock_fault, tick_fault
from bot.web.pulse import Pulse
from bot.web.server import WebServer


async def fine():
    return None


async def full():
    return "database or disk is full"


async def get(port, path):
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


@pytest.fixture
async def served():
    """Serve health checks on a free port."""
    servers = []

    async def start(**checks):
        server = WebServer(Health(checks).routes, host="127.0.0.1", port=0)
        servers.append(server)
        await server.start()
        return server.port

    yield start
    for server in servers:
        await server.stop()


async def test_process_that_is_not_ready_is_alive(served):
    port = await served(database=full)

    assert (await get(port, "/healthz"))[0] == 200


async def test_ready_when_all_is_well(served):
    port = await served(database=fine, clock=fine)

    assert (await get(port, "/readyz"))[0] == 200


async def test_not_ready_says_why_not(served):
    port = await served(database=full, clock=fine)

    status, told = await get(port, "/readyz")

    assert status == 503
    assert '"database": "database or disk is full"' in told
    assert "clock" not in told


async def test_slow_check_is_not_ready_and_asked_once_however_many_come(monkeypatch):
    monkeypatch.setattr(health, "PATIENCE", 0.01)
    asked = []

    async def stuck():
        asked.append(1)
        await asyncio.sleep(60)

    watched = Health({"database": stuck})

    assert await watched.why_not() == {"database": "no answer within 0.01 s"}
    assert await watched.why_not() == {"database": "no answer within 0.01 s"}
    assert len(asked) == 1


async def test_taken_port_is_told_to_the_operator(served):
    port = await served()

    with pytest.raises(Misconfigured, match=f"port {port} .*PORT"):
        await WebServer((), host="127.0.0.1", port=port).start()


@pytest.mark.parametrize("year", [1970, 2024, 2100])
def test_clock_that_was_never_set_is_not_sane(year):
    assert str(year) in (clock_fault(datetime(year, 1, 1, tzinfo=UTC)) or "")


def test_clock_of_today_is_sane():
    assert clock_fault(datetime(2026, 11, 26, tzinfo=UTC)) is None


async def test_ticks_must_keep_coming():
    seconds = [0.0]
    pulse = Pulse(lambda: seconds[0])
    assert tick_fault(pulse) == "no tick has come yet"

    await pulse.beat()
    seconds[0] = 90.0
    assert tick_fault(pulse) is None

    seconds[0] = 91.0
    assert tick_fault(pulse) == "the last tick was 91 s ago"
