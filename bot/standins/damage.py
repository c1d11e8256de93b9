"""What a platform accepts of a text and then damages for its reader."""

import re
import unicodedata
from collections.abc import Iterator

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_OVERRIDE = re.compile("[\u202d\u202e]")
_TURN = re.compile("[\u202a-\u202e\u2066-\u2069]")
_OPENS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_JOINER = "\u200d"
_REGIONAL = re.compile("[\U0001f1e6-\U0001f1ff]+")
_CONTINUES = re.compile(
    "[\u1160-\u11ff"  # vowels and ends of Korean syllables
    "\U0001f3fb-\U0001f3ff"  # colours of skin
    f"\U000e0020-\U000e007f{_JOINER}]"  # tags of flags
)


def damages(text: str) -> Iterator[str]:
    """Yield what is wrong with a text as a reader would see it."""
    if _SURROGATE.search(text):
        yield "half a surrogate pair"
    if _CONTROL.search(text):
        yield "a control character"
    if _TURN.search(text) and (_OVERRIDE.search(text) or any(map(_left_open, text.split("\n")))):
        yield "a control of the reading direction"
    if text and _continues(text[0]):
        yield "begins inside a grapheme"
    if text.endswith(_JOINER):
        yield "ends inside a grapheme"
    if any(len(flags.group()) % 2 for flags in _at_an_edge(text)):
        yield "half a flag"


def _left_open(line: str) -> bool:
    """Say whether what follows in the same paragraph would be turned too."""
    awaited: list[str] = []
    for char in line:
        if char in _OPENS:
            awaited.append(_OPENS[char])
        elif awaited and char == awaited[-1]:
            awaited.pop()
    return bool(awaited)


def _continues(char: str) -> bool:
    return unicodedata.category(char).startswith("M") or _CONTINUES.match(char) is not None


def _at_an_edge(text: str) -> Iterator[re.Match[str]]:
    return (found for found in _REGIONAL.finditer(text) if found.start() == 0 or found.end() == len(text))
