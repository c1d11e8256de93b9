"""robots.txt is asked once a host, and kept to."""

import asyncio

import pytest

from digests.errors import FetchFailed, NotAllowed, Refused, TooHard, TooSoon
from digests.fetch import RobotsGuard
from digests.model import Document

RULES = (
    b"User-agent: *\nDisallow: /private/\nDisallow: /*.pdf$\n\nUser-agent: Pullquote\nDisallow: /no-bots/\n"
)


class FakeFetch:
    def __init__(self, robots):
        self.robots = robots
        self.asked = []

    async def __call__(self, url, *, limit, etag=None, last_modified=None):
        self.asked.append(url)
        if not url.endswith("/robots.txt"):
            return Document(url=url, body=b"page")
        if isinstance(self.robots, Exception):
            raise self.robots
        return Document(url=url, body=self.robots)


async def here(function, *args, **kwargs):
    return function(*args, **kwargs)


async def test_page_that_is_not_forbidden_is_read_and_robots_asked_once():
    fetch = FakeFetch(RULES)
    guarded = RobotsGuard(fetch, here)

    await guarded("https://example.org/a", limit=9)
    await guarded("https://example.org/b", limit=9)

    assert fetch.asked == ["https://example.org/robots.txt", "https://example.org/a", "https://example.org/b"]


async def test_forbidden_page_is_not_asked_for():
    fetch = FakeFetch(RULES)

    with pytest.raises(NotAllowed) as caught:
        await RobotsGuard(fetch, here)("https://example.org/no-bots/a", limit=9)

    assert caught.value.code == "robots"
    assert fetch.asked == ["https://example.org/robots.txt"]


@pytest.mark.parametrize("robots", [FetchFailed("", code="http_404"), Refused("")])
async def test_host_without_rules_forbids_nothing(robots):
    assert await RobotsGuard(FakeFetch(robots), here)("https://example.org/a", limit=9)


async def test_rules_that_do_not_come_put_the_page_off():
    with pytest.raises(FetchFailed) as caught:
        await RobotsGuard(FakeFetch(FetchFailed("", code="http_500")), here)("https://example.org/a", limit=9)

    assert caught.value.code == "robots_unreachable"


async def test_rules_made_to_keep_us_busy_are_taken_for_a_no():
    async def never(function, *args, **kwargs):
        raise TooHard("no answer")

    with pytest.raises(NotAllowed):
        await RobotsGuard(FakeFetch(RULES), never)("https://example.org/a", limit=9)


def rules(delay):
    return f"User-agent: *\nCrawl-delay: {delay}\nDisallow: /private/\n".encode()


async def test_short_delay_is_kept_between_two_pages():
    fetch, loop = FakeFetch(rules(0.05)), asyncio.get_running_loop()
    guarded = RobotsGuard(fetch, here)
    began = loop.time()

    await asyncio.gather(*(guarded(f"https://example.org/{n}", limit=9) for n in range(3)))

    assert loop.time() - began >= 0.1


@pytest.mark.parametrize(("asked", "kept"), [(30, 30), (86_400, 60)])
async def test_page_that_would_wait_for_long_is_put_off_for_no_more_than_a_minute(asked, kept):
    guarded = RobotsGuard(FakeFetch(rules(asked)), here)
    await guarded("https://example.org/a", limit=9)

    with pytest.raises(TooSoon) as caught:
        await guarded("https://example.org/b", limit=9)

    assert kept - 1 < caught.value.retry_after <= kept
    assert await guarded("https://other.example/a", limit=9)


@pytest.mark.parametrize("delay", ["0", "-5", "soon", "nan"])
async def test_delay_that_is_none_holds_nothing_up(delay):
    guarded = RobotsGuard(FakeFetch(rules(delay)), here)

    assert all([await guarded(f"https://example.org/{n}", limit=9) for n in range(3)])


async def test_rules_of_thousands_of_hosts_take_no_more_room_than_they_may():
    guarded = RobotsGuard(FakeFetch(b"#" * 500_000), here)

    for number in range(100):
        await guarded(f"https://host{number}.example/a", limit=9)

    assert sum(len(one.text) for one in guarded._rules.values()) <= 32 << 20
