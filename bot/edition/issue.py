"""What an outlet wrote, an hour and an address become an issue: what has which URL, and when it came out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.edition.model import FeedFormat, Outlet, Piece

FEED_AT = {FeedFormat.RSS: "/rss.xml", FeedFormat.ATOM: "/atom.xml", FeedFormat.JSON: "/feed.json"}
FEED_TYPE = {
    FeedFormat.RSS: "application/rss+xml",
    FeedFormat.ATOM: "application/atom+xml",
    FeedFormat.JSON: "application/feed+json",
}


@dataclass(frozen=True, slots=True)
class Issue:
    """All that one outlet has out."""

    outlet: Outlet
    pieces: tuple[Piece, ...]  # the newest first
    base: str  # "http://127.0.0.1:8001"
    hour: datetime  # pieces are dated back from it

    @property
    def feed_url(self) -> str:
        return self.base + FEED_AT[self.outlet.feed]

    def published(self, piece: Piece) -> datetime:
        return self.hour - timedelta(minutes=piece.minutes)

    def page_url(self, piece: Piece) -> str:
        """Return the canonical URL."""
        return self.base + piece.path

    def light_url(self, piece: Piece) -> str:
        return self.base + light_path(piece)

    def link(self, piece: Piece) -> str:
        """Return the URL that the feed gives."""
        url = self.light_url(piece) if self.outlet.amp else self.page_url(piece)
        return url + ("?utm_source=feed&utm_medium=rss" if self.outlet.tracked else "")

    def guid(self, piece: Piece) -> str:
        return f"{self.outlet.key}:{piece.path}"

    def author(self, piece: Piece) -> str:
        return piece.author or self.outlet.name


def light_path(piece: Piece) -> str:
    """Return the path of the light page, for phones of old."""
    return f"/amp{piece.path}"
