"""The news in `outlets.toml` and `events/` become an edition."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.edition.issue import Issue
from bot.edition.model import Event, Fault, FeedFormat, Outlet, Piece, Sheet
from bot.edition.press import printed

_HERE = Path(__file__).parent
_NO_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Edition:
    """All outlets, and the events they tell of."""

    outlets: tuple[Outlet, ...]
    events: tuple[Event, ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All that was written, event by event."""
        return tuple(piece for event in self.events for piece in event.pieces)

    def pieces_of(self, outlet: str) -> tuple[Piece, ...]:
        """Return what the outlet of that key wrote, the newest first."""
        own = (piece for piece in self.pieces if piece.outlet == outlet)
        return tuple(sorted(own, key=lambda piece: piece.minutes))

    def piece_at(self, url: str) -> Piece | None:
        """Return the piece behind a page's URL or path, light pages included; None for other pages."""
        path = urlsplit(url).path.removeprefix("/amp")
        return next((piece for piece in self.pieces if piece.path == path), None)

    def printed(self, outlet: str, *, base: str, now: datetime) -> Mapping[str, Sheet]:
        """Return the sheets of the outlet of that key by path: pages, light pages, feed, robots.txt.

        `base` is where they will be served, without a slash at its end. Pieces are dated back from the
        full hour at or before `now`. The feed's path is the first one.
        """
        paper = next(paper for paper in self.outlets if paper.key == outlet)
        hour = now.replace(minute=0, second=0, microsecond=0)
        return printed(Issue(paper, self.pieces_of(outlet), base=base, hour=hour))


def load() -> Edition:
    """Return the bundled edition."""
    outlets = _read(_HERE / "outlets.toml")["outlet"]
    files = sorted((_HERE / "events").glob("*.toml"))
    return Edition(tuple(_outlet(line) for line in outlets), tuple(_event(file) for file in files))


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _outlet(line: dict[str, Any]) -> Outlet:
    fault = Fault(line["fault"]) if "fault" in line else None
    return Outlet(**{**line, "feed": FeedFormat(line["feed"]), "fault": fault})


def _event(file: Path) -> Event:
    event = _read(file)
    pieces = tuple(_piece(line, topic=event["topic"]) for line in event["piece"])
    return Event(name=file.stem, topic=event["topic"], pieces=pieces)


def _piece(line: dict[str, Any], *, topic: str) -> Piece:
    path = f"/{topic.lower()}/{_slug(line['title'])}"
    return Piece(**{**line, "text": line["text"].strip(), "topic": topic, "path": path})


def _slug(title: str) -> str:
    return _NO_WORD.sub("-", title.lower()).strip("-")
