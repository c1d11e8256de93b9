"""robots.txt is asked once a host, and kept to."""

import pytest

from digests.errors import FetchFailed, NotAllowed, Refused, TooHard
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
