"""Real processes of the bot share one PostgreSQL, and one of them is killed for good."""

import pytest

from bench.delivery.workers import shared

pytestmark = pytest.mark.postgres


async def test_worker_killed_while_it_sends_loses_nothing_and_repeats_nothing_unsaid(postgres_url):
    toll = await shared(postgres_url, readers=300, kills=1, patience=90)

    assert toll.lost == 0
    assert toll.unmarked == 0
    assert toll.repeats <= toll.in_flight
    assert toll.in_flight
    assert toll.codes == [0, 0, 0, 0]
    assert toll.slowest_stop < 25
