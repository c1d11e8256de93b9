"""A robots.txt becomes leave to read a page, or none."""

from protego import Protego

AGENT = "Pullquote"


def robots_allow(robots: bytes, url: str) -> bool:
    """Return whether the file `robots` lets us read `url`. Its patterns may be hostile: for the sandbox."""
    return bool(Protego.parse(robots.decode("utf-8", "replace")).can_fetch(url, AGENT))
