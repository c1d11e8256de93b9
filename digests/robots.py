"""A robots.txt becomes leave to read a page, and how long to wait between two, or no leave."""

from protego import Protego

AGENT = "Pullquote"
LONGEST_DELAY = 60.0  # seconds: who asks for more does not mean those who read a page or two


def leave_to_read(robots: bytes, url: str) -> float | None:
    """Return how many seconds to leave between two pages, or None where we may not read `url` at all.

    The patterns of the file `robots` may be hostile: for the sandbox.
    """
    rules = Protego.parse(robots.decode("utf-8", "replace"))
    if not rules.can_fetch(url, AGENT):
        return None
    return min(max(float(rules.crawl_delay(AGENT) or 0), 0.0), LONGEST_DELAY)
