"""Messages leave smoothly: never two at once in a lane, never too soon in a room, never in a hold."""

import asyncio
import itertools
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.limits import Limits
from bot.model import Address

GAP = 1 / 28
ALMOST = 1e-9


def room(number: int, *, tenant: str = "") -> Address:
    return Address(chat="telegram", room=str(number), tenant=tenant)


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(0, 2)), max_size=60))
def test_lane_never_bursts_and_no_room_hears_too_often(asked: list[tuple[int, float]]) -> None:
    limits, now = Limits({"telegram": 28}), 0.0
    leaves: list[tuple[float, int]] = []
    for number, later in asked:
        now += later
        leaves.append((now + limits.reserve(room(number), now=now), number))

    times = sorted(at for at, _ in leaves)
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert all(gap >= GAP - ALMOST for gap in gaps)
    for number in range(6):
        heard = sorted(at for at, where in leaves if where == number)
        assert all(b - a >= 1.05 - ALMOST for a, b in itertools.pairwise(heard))


def test_full_lane_is_used_to_its_rate() -> None:
    limits = Limits({"telegram": 28})

    last = max(limits.reserve(room(number), now=0.0) for number in range(281))

    assert last == pytest.approx(10.0)


def test_lanes_of_two_workspaces_do_not_wait_for_each_other() -> None:
    limits = Limits({"telegram": 1})
    limits.reserve(room(1, tenant="T1"), now=0.0)

    assert limits.reserve(room(1, tenant="T2"), now=0.0) == 0.0


def test_rate_of_nought_is_no_limit_but_the_rooms() -> None:
    limits = Limits({"telegram": 0})

    assert [limits.reserve(room(number), now=0.0) for number in range(100)] == [0.0] * 100
    assert limits.reserve(room(1), now=0.0) == pytest.approx(1.05)


def test_nothing_leaves_while_a_lane_is_held() -> None:
    limits = Limits({"telegram": 28}, clock=lambda: 100.0)
    limits.hold(room(1), seconds=30)

    assert limits.reserve(room(2), now=100.0) == pytest.approx(30.0)


async def test_who_waits_already_when_a_lane_is_held_waits_for_the_end_of_the_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    time = _Time()
    limits = Limits({"telegram": 1}, clock=lambda: time.now)
    await limits.wait(room(1))

    async def sleep(seconds: float) -> None:
        if time.now < 1:
            limits.hold(room(1), seconds=60)  # the answer to room 1 came: 429
        time.now += seconds

    monkeypatch.setattr(asyncio, "sleep", sleep)
    await limits.wait(room(2))

    assert time.now >= 60


@dataclass
class _Time:
    now: float = 0.0
