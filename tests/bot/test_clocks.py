"""A real bot whose wall clock is moved from outside owes each hour once, whatever is done to the clock."""

import pytest

from bench.delivery.clocks import LIBRARY, moved

pytestmark = [
    pytest.mark.storm,
    pytest.mark.skipif(LIBRARY is None, reason="Debian's package faketime is not installed"),
]


async def test_clock_that_jumps_steps_back_and_sleeps_for_days_gives_each_digest_once_and_late_ones_marked(
    tmp_path,
):
    seen = await moved(f"sqlite+aiosqlite:///{tmp_path}/moved.db", short=True)

    assert seen.wrong == []
    assert seen.owed == 9
    assert seen.code == 0
