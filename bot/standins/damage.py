"""What a platform accepts of a text and then damages for its reader."""

import re
import unicodedata
from collections.abc import Iterator

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ZERO_WIDTH_JOINER = "\u200d"
_REGIONAL = re.compile("[\U0001f1e6-\U0001f1ff]+")


def damages(text: str) -> Iterator[str]:
    """Yield what is wrong with a text as a reader would see it."""
    if any("\ud800" <= char <= "\udfff" for char in text):
        yield "half a surrogate pair"
    if _CONTROL.search(text):
        yield "a control character"
    if _BIDI.search(text):
        yield "a control of the reading direction"
    if text and (text.startswith(_ZERO_WIDTH_JOINER) or _joins(text[0])):
        yield "begins inside a grapheme"
    if text.endswith(_ZERO_WIDTH_JOINER):
        yield "ends inside a grapheme"
    if any(len(flags.group()) % 2 for flags in _at_an_edge(text)):
        yield "half a flag"


def _joins(char: str) -> bool:
    return (
        unicodedata.combining(char) != 0
        or "\ufe00" <= char <= "\ufe0f"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
    )


def _at_an_edge(text: str) -> Iterator[re.Match[str]]:
    return (found for found in _REGIONAL.finditer(text) if found.start() == 0 or found.end() == len(text))
