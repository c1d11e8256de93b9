"""Metrics tell how things stand, to this machine or who has the token."""

import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from types import SimpleNamespace

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Backlog
from bot.web.metrics import Metrics, Reading
from bot.web.server import WebServer

READING = Reading(Backlog(due=3, overdue=2, oldest_overdue=1800), uncertain=1, feeds={"ok": 5, "gone": 1})


async def known():
    return READING


async def unknown():
    return None


def metrics(read=known, *, token="", sends=None):
    return Metrics(read=read, sends=sends or {}, tick_age=lambda: 4.0, token=token)


@asynccontextmanager
async def served(shown):
    server = WebServer(shown.routes, host="127.0.0.1", port=0, beside=(shown.measuring,))
    await server.start()
    try:
        yield f"http://127.0.0.1:{server.port}/metrics"
    finally:
        await server.stop()


async def get(shown, **headers):
    async with (
        served(shown) as url,
        aiohttp.ClientSession() as session,
        session.get(url, headers=headers) as answer,
    ):
        return answer.status, await answer.text()


def asked(peer, **headers):
    transport = SimpleNamespace(get_extra_info=lambda _: peer)
    return SimpleNamespace(transport=transport, headers=headers)


async def test_all_that_an_alarm_needs_is_there():
    sends = Counter({("telegram", "too_fast"): 2})

    _, told = await get(metrics(sends=sends))

    assert {
        "pullquote_slots_due 3.0",
        "pullquote_slots_overdue 2.0",
        "pullquote_oldest_overdue_seconds 1800.0",
        "pullquote_parts_uncertain 1.0",
        'pullquote_feeds{state="gone"} 1.0',
        'pullquote_sends_total{chat="telegram",outcome="too_fast"} 2.0',
        "pullquote_tick_age_seconds 4.0",
        "pullquote_database_up 1.0",
    } <= set(told.splitlines())


async def test_database_that_is_away_leaves_the_rest():
    status, told = await get(metrics(unknown))

    assert status == 200
    assert "pullquote_database_up 0.0" in told.splitlines()
    assert "pullquote_slots_due" not in told


async def test_lag_of_the_loop_is_measured():
    shown = metrics()

    async with served(shown) as url, aiohttp.ClientSession() as session:
        await asyncio.sleep(0.6)
        async with session.get(url) as answer:
            told = await answer.text()

    assert "pullquote_event_loop_lag_seconds_count 1.0" in told


async def test_token_is_asked_of_this_machine_too():
    assert (await get(metrics(token="s3cret")))[0] == 403
    assert (await get(metrics(token="s3cret"), Authorization="Bearer wrong"))[0] == 403
    assert (await get(metrics(token="s3cret"), Authorization="Bearer s3cret"))[0] == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_this_machine_may_see(host):
    assert metrics()._may_see(asked((host, 5)))


@pytest.mark.parametrize("host", ["10.0.0.1", "192.0.2.7", "2001:db8::1", "::ffff:10.0.0.1", "fe80::1%eth0"])
def test_others_may_not_whatever_their_headers_say(host):
    headers = {"X-Forwarded-For": "127.0.0.1", "Forwarded": "for=127.0.0.1", "X-Real-IP": "127.0.0.1"}

    assert not metrics()._may_see(asked((host, 5), **headers))


def test_peer_without_an_address_may_not():
    assert not metrics()._may_see(asked(None))
    assert not metrics()._may_see(asked(""))


@given(st.text())
def test_no_header_but_the_token_opens(header):
    opened = metrics(token="s3cret")._may_see(asked(("127.0.0.1", 5), Authorization=header))

    assert opened == (header == "Bearer s3cret")
