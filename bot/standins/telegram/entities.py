"""A text with Telegram's HTML, or with entities, becomes what is shown: plain text and where it looks how."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from bot.standins.telegram.checks import ApiError

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "span": "spoiler",
}
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<attributes>(?:\s+[\w-]+(?:=(?:\"[^\"<]*\"|'[^'<]*'))?)*)\s*>"
)
_ATTRIBUTE = re.compile(r"([\w-]+)(?:=(?:\"([^\"<]*)\"|'([^'<]*)'))?")
_REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")


@dataclass(frozen=True, slots=True)
class Entity:
    """A part of a text that looks other than the rest; offsets in UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str | None = None


@dataclass(slots=True)
class _Open:
    name: str
    offset: int
    url: str | None = None


@dataclass(slots=True)
class _Parser:
    html: str
    text: list[str] = field(default_factory=list)
    length: int = 0  # of the text so far, in UTF-16 code units
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def run(self) -> tuple[str, tuple[Entity, ...]]:
        at = 0
        while at < len(self.html):
            at = self._tag(at) if self.html[at] == "<" else self._words(at)
        if self.open:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return "".join(self.text), tuple(sorted(self.entities, key=lambda e: (e.offset, -e.length)))

    def _words(self, at: int) -> int:
        end = self.html.find("<", at)
        end = len(self.html) if end < 0 else end
        words = _REFERENCE.sub(lambda match: unescape(match.group()), self.html[at:end])
        self.text.append(words)
        self.length += utf16_length(words)
        return end

    def _tag(self, at: int) -> int:
        match = _TAG.match(self.html, at)
        if match is None:
            raise _unparsable(f'Unsupported start tag "{self.html[at + 1 : at + 12]}" at byte offset {at}')
        name = match["name"].lower()
        if name not in _SIMPLE:
            raise _unparsable(f'Unsupported start tag "{name}" at byte offset {at}')
        self._end(name, at) if match["end"] else self._start(name, match["attributes"], at)
        return match.end()

    def _start(self, name: str, attributes: str, at: int) -> None:
        given = {key.lower(): unescape(a or b) for key, a, b in _ATTRIBUTE.findall(attributes)}
        if any(one.name == "blockquote" for one in self.open) and name == "blockquote":
            raise _unparsable("BlockQuote entities can't be nested")
        if name == "span" and given.get("class") != "tg-spoiler":
            raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
        self.open.append(_Open(name, self.length, given.get("href")))

    def _end(self, name: str, at: int) -> None:
        if not self.open:
            raise _unparsable(f"Unexpected end tag at byte offset {at}")
        last = self.open.pop()
        if last.name != name:
            raise _unparsable(
                f'Unmatched end tag at byte offset {at}, expected "</{last.name}>", found "</{name}>"'
            )
        if self.length > last.offset:
            self.entities.append(Entity(_SIMPLE[name], last.offset, self.length - last.offset, url=last.url))


def parsed(text: str, parse_mode: str | None, given: list[dict[str, Any]]) -> tuple[str, tuple[Entity, ...]]:
    """Return the plain text and its entities.

    Raises:
        ApiError: the markup cannot be parsed, or the parse mode is none that we know.
    """
    if parse_mode is None:
        return text, tuple(
            Entity(one["type"], one["offset"], one["length"], url=one.get("url")) for one in given
        )
    if parse_mode.upper() != "HTML":
        raise ApiError(400, "Bad Request: unsupported parse_mode")
    return _Parser(text).run()


def utf16_length(text: str) -> int:
    """Return the length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _unparsable(reason: str) -> ApiError:
    return ApiError(400, f"Bad Request: can't parse entities: {reason}")
