"""Messages leave smoothly: never two at once in a lane, never too soon in a room, never in a hold."""

import asyncio
import itertools
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.limits import Limits
from bot.minute import next_place
from bot.model import Address
from bot.store.lanes import HEARD, SqlLanes
from digests.store.engine import reading
from tests.fakes import NOON, FakeClock

GAP = timedelta(seconds=1 / 28)


def room(number: int, *, tenant: str = "") -> Address:
    return Address(chat="telegram", room=str(number), tenant=tenant)


class FakeLanes:
    """See `bot.ports.Lanes`."""

    def __init__(self) -> None:
        self.next_at: dict[tuple[str, str], datetime] = {}
        self.held: dict[tuple[str, str], datetime] = {}
        self.heard: dict[str, list[datetime]] = {}
        self.asked = 0
        self.away = False

    async def take(self, address: Address, *, count: int, gap: timedelta, now: datetime) -> datetime:
        if self.away:
            raise OSError("away")
        self.asked += 1
        turn = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_soon(turn.set_result, None)
        await turn  # as a database lets others run meanwhile
        lane = (address.chat, address.tenant)
        first = max(now, self.next_at.get(lane, now))
        self.next_at[lane] = first + count * gap
        return first

    async def take_in_group(self, address: Address, *, gap: timedelta, now: datetime) -> datetime:
        place, self.heard[address.room] = next_place(self.heard.get(address.room, []), gap=gap, now=now)
        return place

    async def hold(self, address: Address, *, until: datetime) -> None:
        self.held[address.chat, address.tenant] = until


class Street:
    """Processes that talk through the same bots; sleeping moves the clock for nobody but the sleeper."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, rate: float = 28) -> None:
        self.clock, self.lanes, self.rate = FakeClock(), FakeLanes(), rate
        self.slept: list[float] = []
        monkeypatch.setattr(asyncio, "sleep", self._sleep)

    def process(self) -> Limits:
        return Limits(self.lanes, {"telegram": self.rate}, clock=self.clock, monotonic=self._monotonic)

    async def _sleep(self, seconds: float) -> None:
        if seconds:  # else it only lets others run
            self.slept.append(seconds)

    def _monotonic(self) -> float:
        return (self.clock() - NOON).total_seconds()


@pytest.fixture
def street(monkeypatch: pytest.MonkeyPatch) -> Street:
    return Street(monkeypatch)


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(0, 2)), max_size=60))
def test_no_room_hears_too_often(asked: list[tuple[int, float]]) -> None:
    limits, now = Limits(FakeLanes(), {}, clock=FakeClock()), 0.0
    leaves: list[tuple[float, int]] = []
    for number, later in asked:
        now += later
        leaves.append((now + limits.reserve(room(number), now=now), number))

    for number in range(6):
        heard = sorted(at for at, where in leaves if where == number)
        assert all(b - a >= 1.05 - 1e-9 for a, b in itertools.pairwise(heard))


async def test_full_lane_is_used_to_its_rate_by_all_its_processes_together(street):
    processes = [street.process(), street.process()]

    places = await asyncio.gather(*(one.wait(room(number)) for number in range(140) for one in processes))

    assert len(places) == 280
    assert max(places) - NOON == pytest.approx(279 * GAP, abs=timedelta(milliseconds=10))
    assert all(b - a >= 0.99 * GAP for a, b in itertools.pairwise(sorted(places)))


async def test_places_are_taken_few_at_a_time_so_that_others_find_one_soon(street):
    busy, other = street.process(), street.process()
    crowd = [asyncio.create_task(busy.wait(room(number))) for number in range(100)]
    await asyncio.wait([crowd[0]])

    place = await other.wait(room(200))

    assert place - NOON <= timedelta(seconds=1)
    await asyncio.gather(*crowd)


async def test_slow_bot_takes_one_place_at_a_time_and_writes_nothing_down_long_before_it_leaves(street):
    street.rate = 0.5
    busy, other = street.process(), street.process()
    await busy.wait(room(1))

    second, third = await busy.wait(room(2)), await other.wait(room(3))

    assert (second - NOON, third - NOON) == (timedelta(seconds=2), timedelta(seconds=4))
    assert street.slept == [pytest.approx(1.85), pytest.approx(3.85)]


async def test_one_who_asked_goes_before_the_digests_that_wait(street):
    limits = street.process()
    gone = []

    async def digest(number):
        gone.append(await limits.wait(room(number)))

    crowd = [asyncio.create_task(digest(number)) for number in range(50)]
    await asyncio.sleep(0)
    await limits.answer(room(99))

    assert len(gone) <= 1
    await asyncio.gather(*crowd)


async def test_place_that_was_missed_is_given_up_for_a_later_one(street):
    limits = street.process()
    place = await limits.wait(room(1))
    street.clock.advance(seconds=3)

    await limits.leave(room(1), place)

    assert street.lanes.asked == 2
    assert street.lanes.next_at["telegram", ""] == NOON + timedelta(seconds=3) + GAP


async def test_places_are_told_earlier_while_some_are_missed_and_not_for_ever(street):
    process = street.process()
    rooms = map(room, itertools.count())

    async def told() -> float:
        """Return how many seconds before its place one who waits hears of it."""
        street.slept.clear()
        street.lanes.next_at["telegram", ""] = NOON + timedelta(seconds=10)
        await process.wait(next(rooms))
        return 10 - max(street.slept)

    usual = await told()
    await process.leave(next(rooms), NOON - timedelta(seconds=1))
    missed = await told()
    for _ in range(100):
        await process.leave(next(rooms), NOON)
    later = await told()

    assert usual == pytest.approx(later) == pytest.approx((4 * GAP).total_seconds())
    assert usual < missed <= 3 * usual


async def test_clock_that_is_set_back_keeps_nobody_waiting_for_hours(street):
    limits = street.process()
    place = await limits.wait(room(1))
    street.clock.advance(hours=-2)

    await limits.leave(room(1), place)

    assert max(street.slept) <= 60


async def test_database_that_is_away_gives_no_place_and_later_it_does(street):
    limits = street.process()
    street.lanes.away = True
    told = await asyncio.gather(*(limits.wait(room(number)) for number in range(9)), return_exceptions=True)
    assert [type(one) for one in told] == [OSError] * 9

    street.lanes.away = False

    assert await limits.wait(room(20)) == NOON


async def test_who_gave_up_waiting_leaves_the_place_to_the_next(street):
    limits = street.process()
    first, second = (asyncio.create_task(limits.wait(room(number))) for number in (1, 2))
    await asyncio.sleep(0)

    first.cancel()

    assert await second == NOON


async def test_groups_places_are_the_lanes_and_a_conversations_are_known_here(street):
    here, there = street.process(), street.process()

    await here.wait(room(-100))
    await there.wait(room(-100))

    assert street.lanes.heard == {"-100": [NOON, NOON + timedelta(seconds=1.05)]}
    assert street.slept == [pytest.approx(1.05)]


async def test_answer_in_a_group_takes_the_place_that_another_process_would_have_taken(street):
    here, there = street.process(), street.process()
    for _ in range(18):
        await here.wait(room(-100))

    await there.answer(room(-100))

    assert 60 in street.slept


def test_rooms_long_silent_are_forgotten_and_those_that_may_not_hear_yet_are_not():
    limits = Limits(FakeLanes(), {}, clock=FakeClock())
    for number in range(11_000):
        limits.reserve(room(number), now=number / 100)

    assert len(limits._heard) < 2_000
    assert limits.reserve(room(10_999), now=110.0) > 0


async def test_lanes_of_two_workspaces_do_not_wait_for_each_other(street):
    limits = street.process()

    await limits.wait(room(1, tenant="T1"))
    await limits.wait(room(1, tenant="T2"))

    assert street.slept == []


async def test_rate_of_nought_is_no_limit_but_the_rooms(street):
    street.rate = 0
    limits = street.process()

    for number in range(100):
        await limits.wait(room(number))
    assert street.slept == []
    await limits.wait(room(1))

    assert street.slept == [pytest.approx(1.05)]
    assert street.lanes.asked == 0


async def test_hold_is_known_here_at_once_and_told_to_the_other_processes(street):
    limits = street.process()

    await limits.hold(room(1), seconds=30)

    assert limits.is_held(room(2))
    assert not limits.is_held(room(2, tenant="T2"))
    assert street.lanes.held == {("telegram", ""): NOON + timedelta(seconds=30)}
    street.clock.advance(seconds=31)
    assert not limits.is_held(room(2))


async def test_answer_waits_too_while_the_platform_wants_the_bot_to(street):
    limits = street.process()
    await limits.hold(room(1), seconds=30)

    await limits.answer(room(2))

    assert 30 in street.slept


async def test_processes_take_places_of_one_lane_in_turn(engine):
    here, there = SqlLanes(engine), SqlLanes(engine)

    first = await here.take(room(1), count=10, gap=GAP, now=NOON)
    second = await there.take(room(2), count=1, gap=GAP, now=NOON)

    assert (first, second) == (NOON, NOON + 10 * GAP)


async def test_lane_nobody_used_for_a_while_saves_nothing_up(engine):
    lanes = SqlLanes(engine)
    await lanes.take(room(1), count=1, gap=GAP, now=NOON)

    assert await lanes.take(room(1), count=1, gap=GAP, now=NOON + timedelta(hours=1)) == NOON + timedelta(
        hours=1
    )


async def test_clock_stepped_back_does_not_close_a_lane(engine):
    lanes = SqlLanes(engine)
    await lanes.take(room(1), count=1, gap=GAP, now=NOON)

    earlier = NOON - timedelta(hours=2)

    assert await lanes.take(room(1), count=1, gap=GAP, now=earlier) == earlier


async def test_processes_share_a_groups_minute_with_all_its_topics(engine):
    here, there, gap = SqlLanes(engine), SqlLanes(engine), timedelta(seconds=1.05)
    asked = [
        (here if number % 2 else there).take_in_group(
            Address("telegram", "-100", thread=str(number % 3)), gap=gap, now=NOON
        )
        for number in range(40)
    ]

    places = sorted(await asyncio.gather(*asked))

    assert places[0] == NOON
    assert all(b - a >= gap - timedelta(milliseconds=1) for a, b in itertools.pairwise(places))
    assert all(places[at + 18] - places[at] >= timedelta(seconds=59.999) for at in range(22))
    assert places[-1] - NOON < timedelta(minutes=3)


async def test_groups_do_not_wait_for_each_other(engine):
    lanes, gap = SqlLanes(engine), timedelta(seconds=1.05)

    some = await asyncio.gather(
        *(lanes.take_in_group(room(-number), gap=gap, now=NOON) for number in range(1, 9))
    )

    assert some == [NOON] * 8


async def test_what_a_group_heard_is_forgotten_after_its_minute(engine):
    lanes = SqlLanes(engine)
    await lanes.take_in_group(room(-100), gap=GAP, now=NOON)

    await lanes.forget(NOON + timedelta(seconds=59))
    assert await _groups_known(engine) == ["telegram:-100"]
    await lanes.forget(NOON + timedelta(seconds=60))

    assert await _groups_known(engine) == []


async def _groups_known(engine):
    async with reading(engine) as connection:
        return list(await connection.scalars(select(HEARD.c.room)))
