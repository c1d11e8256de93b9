"""Visits to all hosts at once, to each a few, and none twice."""

import asyncio

import pytest

from digests.turns import BESIDE, OF_A_HOST, Turns


class Hosts:
    """Visits that wait for the hosts that are slow, and remember who was asked."""

    def __init__(self):
        self.turns, self.asked, self.now, self.most = Turns(100, most=1000), [], 0, 0
        self.slow = {"slow.example": asyncio.Event()}

    async def _do(self, url):
        self.asked.append(url)
        self.now += 1
        self.most = max(self.most, self.now)
        if gate := self.slow.get(url.split("/")[2]):
            await gate.wait()
        await asyncio.sleep(0)
        self.now -= 1
        if "broken" in url:
            raise OSError(url)
        return url

    def visit(self, *urls):
        visiting = self.turns.visit(
            urls, self._do, name=lambda url: url, url=lambda url: url, is_well=lambda url: "ill" not in url
        )
        return asyncio.create_task(visiting)

    async def settle(self):
        for _ in range(50):
            await asyncio.sleep(0)


def urls(host, count):
    return [f"https://{host}.example/{n}" for n in range(count)]


async def test_slow_host_holds_up_no_other():
    hosts = Hosts()
    held = hosts.visit(*urls("slow", 30), *urls("quick", 10))
    await hosts.settle()

    later = await hosts.visit(*urls("slow", 30), *urls("new", 3))

    assert sorted(later) == urls("new", 3)
    assert [url for url in hosts.asked if "quick" in url] == urls("quick", 10)
    assert not held.done()
    hosts.slow["slow.example"].set()
    assert sorted(await held) == sorted(urls("slow", 30) + urls("quick", 10))
    assert len(hosts.turns) == 0


async def test_host_is_visited_a_few_times_at_once():
    hosts = Hosts()

    await hosts.visit(*urls("one", 20))

    assert hosts.most == OF_A_HOST


async def test_no_more_visits_at_once_than_may():
    hosts = Hosts()
    hosts.turns = Turns(7, most=1000)

    await hosts.visit(*(f"https://{n}.example/" for n in range(40)))

    assert hosts.most == 7


async def test_visit_that_raises_stops_no_other_and_is_told_at_the_end():
    hosts = Hosts()

    with pytest.raises(OSError, match="broken"):
        await hosts.visit("https://one.example/broken", *urls("one", 9), *urls("other", 9))

    assert len(hosts.asked) == 19
    assert len(hosts.turns) == 0


async def test_what_was_given_up_may_be_begun_anew():
    hosts = Hosts()
    held = hosts.visit(*urls("slow", 5))
    await hosts.settle()

    held.cancel()
    await asyncio.gather(held, return_exceptions=True)
    hosts.slow.clear()

    assert sorted(await hosts.visit(*urls("slow", 5))) == urls("slow", 5)


async def test_what_is_too_much_is_left_for_later():
    hosts = Hosts()
    hosts.turns = Turns(100, most=4)

    assert sorted(await hosts.visit(*urls("one", 9))) == urls("one", 4)
    assert sorted(await hosts.visit(*urls("one", 9))) == urls("one", 4)


async def test_those_in_trouble_are_visited_behind_the_others_but_for_a_few():
    hosts = Hosts()
    hosts.turns = Turns(5 * BESIDE, most=1000)
    gates = [f"{kind}{n}.example" for kind in ("ill", "well") for n in range(3 * BESIDE)]
    hosts.slow = {host: asyncio.Event() for host in gates}
    visiting = hosts.visit(*(f"https://{host}/" for host in gates))
    await hosts.settle()

    beside = sum("ill" in url for url in hosts.asked)
    well = sum("well" in url for url in hosts.asked)
    for host in gates[3 * BESIDE :]:
        hosts.slow[host].set()
    await hosts.settle()
    alone = sum("ill" in url for url in hosts.asked)

    assert (well, beside, alone) == (3 * BESIDE, BESIDE, 2 * BESIDE)
    for gate in hosts.slow.values():
        gate.set()
    assert len(await visiting) == 6 * BESIDE


async def test_place_of_who_gave_up_goes_to_another():
    hosts = Hosts()
    hosts.turns = Turns(1, most=1000)
    held = hosts.visit("https://slow.example/")
    await hosts.settle()
    given_up = hosts.visit("https://other.example/")
    await hosts.settle()

    given_up.cancel()
    hosts.slow["slow.example"].set()

    assert await held == ["https://slow.example/"]
    assert await hosts.visit("https://new.example/") == ["https://new.example/"]
    assert not hosts.turns.hosts
