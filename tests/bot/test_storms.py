"""Real processes deliver while they are killed: nothing is lost, and what comes twice says so."""

import pytest

from bench.delivery.outages import outage
from bench.delivery.storms import Storm, weather
from bench.delivery.worker import Errand

pytestmark = pytest.mark.storm

QUICK = Errand("", "", "", claimed_for=3.0, answered_within=4.0, resend_after=0.2)


async def test_killed_workers_lose_nothing_and_repeat_only_what_was_on_its_way_and_say_so(database_url):
    damage = await weather(database_url, Storm(200, blows=2, longest=0.2), QUICK)

    assert damage.arrivals.lost == set()
    assert damage.arrivals.unmarked == 0
    assert damage.arrivals.repeats <= len(damage.in_flight)
    assert damage.in_flight


async def test_three_processes_at_once_lose_and_repeat_nothing_and_end_when_told_to(database_url):
    damage = await weather(database_url, Storm(200, workers=3, slow=0.05))

    assert damage.arrivals.lost == set()
    assert damage.arrivals.repeats == 0
    assert damage.codes == [0, 0, 0]


async def test_database_that_goes_away_for_a_while_loses_nothing_and_repeats_nothing_unsaid(database_url):
    arrivals = await outage(database_url, deliveries=200, times=2, seconds=0.5)

    assert arrivals.lost == set()
    assert arrivals.unmarked == 0
