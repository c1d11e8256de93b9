"""Whether some process sends wake-ups."""

from datetime import timedelta

from bot.store.clocks import SqlClocks
from tests.fakes import NOON

SOON = NOON + timedelta(seconds=90)


async def test_no_clock_runs_before_the_first_has_ticked(engine):
    assert not await SqlClocks(engine, owner="one").run(NOON)


async def test_clock_runs_for_a_while_after_its_last_tick(engine):
    clocks = SqlClocks(engine, owner="one")
    await clocks.tick(until=SOON)

    assert await clocks.run(SOON - timedelta(seconds=1))
    assert not await clocks.run(SOON)


async def test_any_clock_will_do(engine):
    await SqlClocks(engine, owner="one").tick(until=NOON)
    await SqlClocks(engine, owner="two").tick(until=SOON)

    assert await SqlClocks(engine, owner="three").run(NOON)
