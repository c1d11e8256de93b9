"""A page is fetched only where its host's robots.txt lets us."""

import asyncio
from collections import OrderedDict
from urllib.parse import urlsplit

from digests.errors import DigestsError, FetchFailed, NotAllowed, TooHard
from digests.model import Document
from digests.ports import Fetch, Sandbox
from digests.robots import robots_allow

ROBOTS_LIMIT = 512 * 1024  # bytes; RFC 9309 asks for 500 KiB at least
_KEPT = 86_400.0  # seconds; RFC 9309, 2.4
_KEPT_FAILED = 600.0
_REMEMBERED = 5_000  # hosts


class RobotsGuard:
    """See `Fetch`. Asks robots.txt once a day a host, then fetches what it allows.

    Raises NotAllowed with code "robots" for what it does not. A robots.txt that the server does not have
    allows all; one that cannot be read just now puts the page off (RFC 9309, 2.3.1).
    """

    def __init__(self, fetch: Fetch, sandbox: Sandbox) -> None:
        self._fetch = fetch
        self._sandbox = sandbox
        self._rules: OrderedDict[str, _Rules] = OrderedDict()

    async def __call__(
        self, url: str, *, limit: int, etag: str | None = None, last_modified: str | None = None
    ) -> Document | None:
        """See `Fetch`."""
        await self._ask_leave(url)
        return await self._fetch(url, limit=limit, etag=etag, last_modified=last_modified)

    async def _ask_leave(self, url: str) -> None:
        robots = (await self._rules_for(url)).text
        if robots is None:
            raise FetchFailed("robots.txt cannot be read just now", code="robots_unreachable")
        if robots and not await self._allows(robots, url):
            raise NotAllowed("robots.txt asks us not to read this page", code="robots")

    async def _rules_for(self, url: str) -> "_Rules":
        origin = _origin(url)
        rules = self._rules.setdefault(origin, _Rules())
        self._rules.move_to_end(origin)
        if len(self._rules) > _REMEMBERED:
            self._rules.popitem(last=False)
        async with rules.asking:
            if rules.until < asyncio.get_running_loop().time():
                rules.text = await self._robots_of(origin)
                kept = _KEPT_FAILED if rules.text is None else _KEPT
                rules.until = asyncio.get_running_loop().time() + kept
        return rules

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

    async def _allows(self, robots: bytes, url: str) -> bool:
        try:
            return await self._sandbox(robots_allow, robots, url)
        except TooHard:  # a pattern made to keep us busy
            return False


# RFC 9309, 2.3.1.3: a 4xx says that there are no rules. A file over the limit is no rule book either.
_NO_ROBOTS = frozenset({"refused", "http_400", "http_404", "http_405", "http_406", "too_large"})


class _Rules:
    def __init__(self) -> None:
        self.asking = asyncio.Lock()
        self.until = float("-inf")
        self.text: bytes | None = b""


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
