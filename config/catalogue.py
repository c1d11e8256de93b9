"""`feeds.toml` becomes the catalogue: the public feeds that can be named by topic."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

FEEDS = Path(__file__).with_name("feeds.toml")
TOPICS = (
    *("World", "Politics", "Business", "Technology", "Science", "Health", "Climate", "Sport", "Culture"),
    *("Africa", "Asia", "Europe", "Latin America", "Middle East", "North America", "Oceania"),
)
_COUNTRY = re.compile(r"[A-Z]{2}")  # ISO 3166-1 alpha-2
_LANGUAGE = re.compile(r"[a-z]{2,3}")  # ISO 639


class CatalogueError(ValueError):
    """`str(self)` has a line for each wrong feed, with its outlet's name."""


@dataclass(frozen=True, slots=True)
class CatalogueFeed:
    """A public feed, as an operator lists it."""

    outlet: str  # as shown to readers; unique
    url: str  # unique
    country: str  # ISO 3166-1 alpha-2, of the outlet's seat
    language: str  # ISO 639, of the articles
    topic: str  # one of TOPICS


def catalogue(path: Path = FEEDS) -> tuple[CatalogueFeed, ...]:
    """Return the feeds of `path` in its order.

    Raises:
        CatalogueError: naming the outlet of each line that is wrong, or where the file is no TOML.
    """
    try:
        lines = tomllib.loads(path.read_text(encoding="utf-8")).get("feed")
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path.name} is no TOML: {error}") from error
    if not isinstance(lines, list):
        raise CatalogueError(f"{path.name}: give the feeds as feed = [{{ outlet = ..., url = ... }}, ...]")
    wrong = [
        f"{_name(line, number)}: {what}" for number, line in enumerate(lines, 1) for what in _faults(line)
    ]
    if wrong:
        raise CatalogueError("\n".join(wrong))
    feeds = tuple(CatalogueFeed(**line) for line in lines)
    _refuse_twins(feeds)
    return feeds


def _name(line: object, number: int) -> str:
    named = line.get("outlet") if isinstance(line, dict) else None
    return named if isinstance(named, str) and named else f"feed {number}"


def _faults(line: object) -> Iterable[str]:
    if not isinstance(line, dict):
        return ["each feed is a table { outlet = ..., url = ... }"]
    wanted = [field.name for field in fields(CatalogueFeed)]
    missing = [f"{name} is missing" for name in wanted if not isinstance(line.get(name), str)]
    unknown = [f"{name} is no field of a feed" for name in line if name not in wanted]
    return [*missing, *unknown] or _wrong_values(line)


def _wrong_values(line: Mapping[str, str]) -> Iterable[str]:
    if not line["outlet"].strip():
        yield "outlet is empty"
    if not _is_web_address(line["url"]):
        yield "url must begin with https:// or http:// and name a host"
    if not _COUNTRY.fullmatch(line["country"]):
        yield "country must be two capitals (ISO 3166), such as GB"
    if not _LANGUAGE.fullmatch(line["language"]):
        yield "language must be two or three small letters (ISO 639), such as en"
    if line["topic"] not in TOPICS:
        yield f"topic must be one of {', '.join(TOPICS)}"


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", url)


def _refuse_twins(feeds: tuple[CatalogueFeed, ...]) -> None:
    outlets = Counter(feed.outlet.casefold() for feed in feeds)
    urls = Counter(feed.url for feed in feeds)
    twins = [f"{feed.outlet}: its name stands twice" for feed in feeds if outlets[feed.outlet.casefold()] > 1]
    twins += [f"{feed.outlet}: its url stands twice" for feed in feeds if urls[feed.url] > 1]
    if twins:
        raise CatalogueError("\n".join(twins))
