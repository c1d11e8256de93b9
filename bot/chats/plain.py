"""Foreign text becomes text that a chat shows as it is written."""

from urllib.parse import urlsplit

import regex  # type: ignore[import-untyped]  # ships no types

# Line ends of all kinds become one; other controls become a space; what turns the direction of reading, or is
# no character at all, goes. Left-to-right marks and joiners stay: languages and emoji need them.
_LINE_ENDS = regex.compile(r"\r\n?|[\x85\u2028\u2029]")
_CONTROLS = regex.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_TURNS = regex.compile(r"[\u202a-\u202e\u2066-\u206f\ufeff]")
_LONE_SURROGATES = regex.compile(r"[\ud800-\udfff]")
LONG_URL = 2048  # characters: Telegram takes no more in a link, Slack 3000
_GRAPHEME = regex.compile(r"\X")


def literal(text: str) -> str:
    """Return `text` as every chat can show it; letters, marks and spaces stay as they are."""
    text = _CONTROLS.sub(" ", _LINE_ENDS.sub("\n", text))
    return str(_LONE_SURROGATES.sub("\N{REPLACEMENT CHARACTER}", _TURNS.sub("", text)))


def grapheme_ends(text: str) -> list[int]:
    """Return where each sign, as a reader counts them, ends: a flag or a family of emoji is one."""
    return [match.end() for match in _GRAPHEME.finditer(text)]


def utf16_length(text: str) -> int:
    """Return the length as Telegram counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_web(url: str) -> bool:
    """Say whether a chat may link to `url`; without a link the words alone are shown."""
    if len(url) > LONG_URL or literal(url) != url or url.split() != [url]:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
