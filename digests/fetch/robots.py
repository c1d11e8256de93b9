"""A page is fetched only where its host's robots.txt lets us."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from digests.errors import DigestsError, FetchFailed, NotAllowed, TooHard, TooSoon
from digests.model import Document
from digests.ports import Fetch, Sandbox
from digests.robots import leave_to_read

ROBOTS_LIMIT = 512 * 1024  # bytes; RFC 9309 asks for 500 KiB at least
_KEPT = 86_400.0  # seconds; RFC 9309, 2.4
_KEPT_FAILED = 600.0
_REMEMBERED = 5_000  # hosts
_REMEMBERED_BYTES = 32 * 1024 * 1024  # of all their files
_WAITED = 5.0  # seconds that a page waits here for its turn; for longer it is put off


class RobotsGuard:
    """See `Fetch`. Asks robots.txt once a day a host, then fetches what it allows, as often as it allows.

    Raises NotAllowed with code "robots" for what it does not, and TooSoon where it wants more time between
    two pages. A robots.txt that the server does not have allows all; one that cannot be read just now puts
    the page off (RFC 9309, 2.3.1).
    """

    def __init__(self, fetch: Fetch, sandbox: Sandbox) -> None:
        self._fetch = fetch
        self._sandbox = sandbox
        self._rules: OrderedDict[str, _Rules] = OrderedDict()

    async def __call__(
        self, url: str, *, limit: int, etag: str | None = None, last_modified: str | None = None
    ) -> Document | None:
        """See `Fetch`."""
        rules = await self._rules_for(url)
        async with rules.turn(await self._leave(rules, url)):
            return await self._fetch(url, limit=limit, etag=etag, last_modified=last_modified)

    async def _leave(self, rules: "_Rules", url: str) -> float:
        """Return how many seconds the host wants between two pages."""
        if rules.text is None:
            raise FetchFailed("robots.txt cannot be read just now", code="robots_unreachable")
        delay = await self._asked(rules.text, url) if rules.text else 0.0
        if delay is None:
            raise NotAllowed("robots.txt asks us not to read this page", code="robots")
        return delay

    async def _rules_for(self, url: str) -> "_Rules":
        origin = _origin(url)
        rules = self._rules.setdefault(origin, _Rules())
        self._rules.move_to_end(origin)
        async with rules.asking:
            if rules.until < asyncio.get_running_loop().time():
                rules.text = await self._robots_of(origin)
                kept = _KEPT_FAILED if rules.text is None else _KEPT
                rules.until = asyncio.get_running_loop().time() + kept
                self._forget_some()
        return rules

    def _forget_some(self) -> None:
        """Forget the hosts that have not been asked for the longest time."""
        size = sum(len(rules.text or b"") for rules in self._rules.values())
        while len(self._rules) > _REMEMBERED or (size > _REMEMBERED_BYTES and len(self._rules) > 1):
            _, rules = self._rules.popitem(last=False)
            size -= len(rules.text or b"")

    async def _robots_of(self, origin: str) -> bytes | None:
        """Return robots.txt; nothing where all is allowed; None where it may be there but does not come."""
        try:
            document = await self._fetch(f"{origin}/robots.txt", limit=ROBOTS_LIMIT)
        except NotAllowed:
            raise
        except FetchFailed as error:
            return b"" if error.code in _NO_ROBOTS else None
        except DigestsError:
            return b""
        return document.body if document else b""

    async def _asked(self, robots: bytes, url: str) -> float | None:
        try:
            return await self._sandbox(leave_to_read, robots, url)
        except TooHard:  # a pattern made to keep us busy
            return None


# RFC 9309, 2.3.1.3: a 4xx says that there are no rules. A file over the limit is no rule book either.
_NO_ROBOTS = frozenset({"refused", "http_400", "http_404", "http_405", "http_406", "too_large"})


class _Rules:
    def __init__(self) -> None:
        self.asking = asyncio.Lock()
        self.until = float("-inf")
        self.text: bytes | None = b""
        self._crawling = asyncio.Lock()
        self._next_at = float("-inf")

    @asynccontextmanager
    async def turn(self, delay: float) -> AsyncIterator[None]:
        """Wait until `delay` seconds have passed since the last page, or raise TooSoon if that is long."""
        if not delay:
            yield
            return
        _raise_if_long(self._next_at)
        async with self._crawling:
            _raise_if_long(self._next_at)
            await asyncio.sleep(max(0.0, self._next_at - asyncio.get_running_loop().time()))
            try:
                yield
            finally:
                self._next_at = asyncio.get_running_loop().time() + delay


def _raise_if_long(at: float) -> None:
    left = at - asyncio.get_running_loop().time()
    if left > _WAITED:
        raise TooSoon("robots.txt asks for more time between two pages", retry_after=left)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
