"""One request at a time to a host, with a gap; none while it rests."""

import asyncio

import pytest

from digests.errors import Busy
from digests.fetch.politeness import LONGEST_REST, SHORTEST_REST, USUAL_REST, Hosts, rest_asked

DATE = "Mon, 01 Jun 2026 08:00:00 GMT"


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("120", 120),
        ("0", SHORTEST_REST),
        ("-5", SHORTEST_REST),
        ("1000000000", LONGEST_REST),
        ("Mon, 01 Jun 2026 08:10:00 GMT", 600),
        ("Mon, 01 Jun 2020 08:10:00 GMT", SHORTEST_REST),
        ("soon", USUAL_REST),
        ("", USUAL_REST),
        (None, USUAL_REST),
    ],
)
def test_rest_is_kept_within_what_we_grant(asked, seconds):
    assert rest_asked(asked, DATE) == seconds


def test_date_without_the_servers_own_is_not_guessed_at():
    assert rest_asked("Mon, 01 Jun 2026 08:10:00 GMT", None) == USUAL_REST


async def test_requests_to_one_host_never_overlap_and_keep_the_gap():
    hosts, turns = Hosts(gap=0.05), []

    async def visit():
        async with hosts.turn("example.org:80"):
            turns.append(("begins", asyncio.get_running_loop().time()))
            await asyncio.sleep(0.01)
            turns.append(("ends", asyncio.get_running_loop().time()))

    await asyncio.gather(visit(), visit(), visit())

    assert [what for what, _ in turns] == ["begins", "ends"] * 3
    gaps = [turns[n + 1][1] - turns[n][1] for n in (1, 3)]
    assert all(gap >= 0.049 for gap in gaps)


async def test_other_port_is_another_host():
    hosts = Hosts(gap=60)

    async with asyncio.timeout(30), hosts.turn("example.org:80"), hosts.turn("example.org:81"):
        pass


async def test_resting_host_is_not_asked():
    hosts = Hosts(gap=0)
    hosts.rest("example.org:80", 120)

    with pytest.raises(Busy) as caught:
        async with hosts.turn("example.org:80"):
            pass

    assert 119 < caught.value.retry_after <= 120


async def test_those_who_waited_learn_that_the_host_rests():
    hosts = Hosts(gap=0)

    async def wait():
        async with hosts.turn("example.org:80"):
            pass

    async with hosts.turn("example.org:80"):
        waiting = asyncio.create_task(wait())
        await asyncio.sleep(0)
        hosts.rest("example.org:80", 120)

    with pytest.raises(Busy):
        await waiting
