"""What can go wrong between a feed and a digest.

DigestsError
├── FetchFailed            try again later
│   ├── Refused            401, 403 or a challenge: the operator may have to act
│   └── Busy               429 or 503: not before `retry_after`
│       └── TooSoon        robots.txt asks for more time between two pages: nothing was tried
├── Gone                   410: stop asking
├── NotAllowed             the address is none we may fetch
└── Unreadable             the bytes are not what we asked for
    ├── NotAFeed           `feeds` names the feeds found on the page
    ├── EmptyFeed          a feed without a single entry
    ├── NoArticle          a page without an article's text
    └── TooHard            a parser did not answer in time, or died
"""

from collections.abc import Sequence


class DigestsError(Exception):
    """Base of the tree above. `code` is stable: operators and metrics rely on it."""

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code


class FetchFailed(DigestsError):
    code = "fetch_failed"


class Refused(FetchFailed):
    code = "refused"


class Busy(FetchFailed):
    code = "busy"

    def __init__(self, message: str, *, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after  # seconds


class TooSoon(Busy):
    code = "too_soon"


class Gone(DigestsError):
    code = "gone"


class NotAllowed(DigestsError):
    code = "not_allowed"


class Unreadable(DigestsError):
    code = "unreadable"


class NotAFeed(Unreadable):
    code = "not_a_feed"

    def __init__(self, message: str, *, feeds: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.feeds = tuple(feeds)

    def __reduce__(self) -> tuple[object, ...]:  # crosses a process boundary in the sandbox
        return _not_a_feed, (str(self), self.feeds)


class EmptyFeed(Unreadable):
    code = "empty_feed"


class NoArticle(Unreadable):
    code = "no_article"


class TooHard(Unreadable):
    code = "too_hard"


def _not_a_feed(message: str, feeds: tuple[str, ...]) -> NotAFeed:
    return NotAFeed(message, feeds=feeds)
