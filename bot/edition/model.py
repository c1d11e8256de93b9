"""The nouns of the bundled edition: papers, what they wrote, and sheets as they go out."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class FeedFormat(StrEnum):
    RSS = "rss"
    ATOM = "atom"
    JSON = "json"


class Fault(StrEnum):
    """What is wrong with an outlet that has nothing to say."""

    CUT = "cut"  # its feed breaks off in the first entry
    NOTICE = "notice"  # a page that says sorry where the feed should be, with status 200
    DOWN = "down"  # status 500 for all that it has


@dataclass(frozen=True, slots=True)
class Outlet:
    """A paper, and how it presents itself on the web; the fields are explained in outlets.toml."""

    key: str
    name: str
    tagline: str
    feed: FeedFormat
    full: bool = False
    etag: bool = False
    tracked: bool = False
    amp: bool = False
    dribble: bool = False
    charset: str = "utf-8"
    fault: Fault | None = None
    aside: str = ""  # HTML inside the article, after paragraph `aside_after`
    aside_after: int = 0
    tail: str = ""  # HTML below the last paragraph


@dataclass(frozen=True, slots=True)
class Piece:
    """An article as its outlet wrote it: the truth that extraction is held against."""

    outlet: str  # an outlet's key
    title: str
    text: str  # paragraphs set apart by one blank line
    summary: str
    minutes: int  # published so long before the edition's hour
    topic: str
    path: str  # of its page; unique in the edition
    author: str | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(self.text.split("\n\n"))


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, as several outlets tell it."""

    name: str  # of its file
    topic: str
    pieces: tuple[Piece, ...]


class Sheet(NamedTuple):
    """What a server sends for one path."""

    media_type: str  # with its charset
    body: bytes
    status: int = 200
    etag: bool = False  # answered with an ETag, and 304 when asked for again
    dribble: bool = False  # sent in small pieces, slowly
