"""A text with Telegram's HTML, or with entities, becomes what is shown: plain text and where it looks how."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any

from bot.standins.telegram.checks import ApiError

_TAGS = {
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
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
_GIVEN = frozenset(_TAGS.values()) | {"expandable_blockquote", "text_mention"}
# What a bot may also send, and Telegram then finds, or not, by itself.
_FOUND = {
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bank_card_number",
}
_NEEDED = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)"
    r"(?P<attributes>(?:\s+[a-zA-Z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[a-zA-Z0-9.-]+))?)*)\s*>"
)
_NAME = re.compile(r"</?([^\s>/]*)")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([a-zA-Z0-9.-]+)))?")
_REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});")
_SPACES = " \n"


@dataclass(frozen=True, slots=True)
class Entity:
    """A part of a text that looks other than the rest; offsets in UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None  # of a `pre`

    @property
    def end(self) -> int:
        return self.offset + self.length


Parsed = tuple[str, tuple[Entity, ...]]


def parsed(text: str, parse_mode: str | None, given: list[dict[str, Any]]) -> Parsed:
    """Return the text as it is shown, spaces around it cut off, and its entities by where they begin.

    Raises:
        ApiError: the markup cannot be parsed, or the parse mode is none that we know.
    """
    if not parse_mode:
        return _trimmed(text, [_checked(text, one) for one in given])
    if parse_mode.casefold() != "html":
        raise ApiError(400, "Bad Request: unsupported parse_mode")
    return _trimmed(*_Parser(text).run())


def utf16_length(text: str) -> int:
    """Return the length as Telegram counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(slots=True)
class _Open:
    name: str
    offset: int
    attributes: dict[str, str]


@dataclass(slots=True)
class _Parser:
    html: str
    text: list[str] = field(default_factory=list)
    length: int = 0  # of the text so far, in UTF-16 code units
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def run(self) -> tuple[str, list[Entity]]:
        at = 0
        while at < len(self.html):
            at = self._tag(at) if self.html[at] == "<" else self._words(at)
        if self.open:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return "".join(self.text), self.entities

    def _words(self, at: int) -> int:
        end = self.html.find("<", at)
        end = len(self.html) if end < 0 else end
        words = self.html[at:end]
        if "&" in words:
            words = _REFERENCE.sub(lambda match: unescape(match.group()), words)
        self.text.append(words)
        self.length += utf16_length(words)
        return end

    def _tag(self, at: int) -> int:
        match = _TAG.match(self.html, at)
        if match is None:
            raise self._no_tag(at)
        name = match["name"].lower()
        if match["end"]:
            self._end(name, at)
        elif name not in _TAGS:
            raise _unparsable(f'Unsupported start tag "{name}" at byte offset {self._byte(at)}')
        else:
            self._start(name, match["attributes"], at)
        return match.end()

    def _no_tag(self, at: int) -> ApiError:
        name = _NAME.match(self.html, at)
        if self.html.find(">", at) < 0:
            return _unparsable(f"Unclosed start tag at byte offset {self._byte(at)}")
        return _unparsable(
            f'Unsupported start tag "{name[1] if name else ""}" at byte offset {self._byte(at)}'
        )

    def _start(self, name: str, attributes: str, at: int) -> None:
        given = {found[0].lower(): unescape("".join(found[1:])) for found in _ATTRIBUTE.findall(attributes)}
        if name == "span" and given.get("class") != "tg-spoiler":
            raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(at)}')
        if name == "tg-emoji" and not given.get("emoji-id", "").isdigit():
            raise _unparsable(f"Invalid custom emoji identifier specified at byte offset {self._byte(at)}")
        if name == "tg-time" and not given.get("unix", "").lstrip("-").isdigit():
            raise _unparsable(f"Invalid date specified at byte offset {self._byte(at)}")
        if name == "blockquote" and any(one.name == name for one in self.open):
            raise _unparsable("BlockQuote entities can't be nested")
        self.open.append(_Open(name, self.length, given))

    def _end(self, name: str, at: int) -> None:
        if not self.open:
            raise _unparsable(f"Unexpected end tag at byte offset {self._byte(at)}")
        last = self.open.pop()
        if last.name != name:
            raise _unparsable(
                f"Unmatched end tag at byte offset {self._byte(at)}, "
                f'expected "</{last.name}>", found "</{name}>"'
            )
        if self.length > last.offset:
            self._close(last)

    def _close(self, tag: _Open) -> None:
        kind, url, language = _TAGS[tag.name], None, None
        if tag.name == "a":
            url = tag.attributes.get("href") or self._since(tag.offset)
        elif tag.name == "blockquote" and "expandable" in tag.attributes:
            kind = "expandable_blockquote"
        elif tag.name == "pre":
            language = tag.attributes.get("language") or None
        elif tag.name == "code" and self.open and self.open[-1].name == "pre":
            self.open[-1].attributes["language"] = tag.attributes.get("class", "").removeprefix("language-")
            return  # both together are one block of code
        self.entities.append(Entity(kind, tag.offset, self.length - tag.offset, url=url, language=language))

    def _since(self, offset: int) -> str:
        """Return the words since an offset: a link without an address leads to what it says."""
        units = "".join(self.text).encode("utf-16-le", "surrogatepass")
        return units[2 * offset :].decode("utf-16-le", "surrogatepass")

    def _byte(self, at: int) -> int:
        return len(self.html[:at].encode("utf-8", "surrogatepass"))


def _checked(text: str, given: dict[str, Any]) -> Entity:
    """Return an entity that came with its offsets.

    Raises:
        ApiError: it is none, or lies outside of the text.
    """
    kind, offset, length = given["type"], given["offset"], given["length"]
    if kind not in _GIVEN | _FOUND:
        raise ApiError(400, f"Bad Request: can't parse MessageEntity: unsupported type {kind}")
    if kind in _NEEDED and not given.get(_NEEDED[kind]):
        raise ApiError(400, f"Bad Request: can't parse MessageEntity: {_NEEDED[kind]} is missing")
    units = text.encode("utf-16-le", "surrogatepass")
    if offset < 0 or length < 0 or 2 * (offset + length) > len(units):
        raise _unparsable(f"entity at offset {offset} of length {length} lies outside of the text")
    if any(_splits(units, place) for place in (offset, offset + length)):
        raise _unparsable(f"entity begins or ends in a middle of a UTF-16 symbol at offset {offset}")
    return Entity(kind, offset, length, url=given.get("url"), language=given.get("language"))


def _splits(units: bytes, place: int) -> bool:
    """Say whether a place lies between the two units of one character."""
    low = units[2 * place : 2 * place + 2]
    return len(low) == 2 and 0xDC00 <= int.from_bytes(low, "little") <= 0xDFFF


def _trimmed(text: str, entities: Iterable[Entity]) -> Parsed:
    """Return what is left when spaces and line ends around a text go, as Telegram does it.

    In front, only those before the first entity go.
    """
    found = sorted((e for e in entities if e.type in _GIVEN), key=lambda e: (e.offset, -e.length))
    shown = text.rstrip(_SPACES)
    before = len(shown) - len(shown.lstrip(_SPACES))
    cut = min(before, found[0].offset) if found else before
    end = utf16_length(shown)
    if not cut and shown == text:
        return text, tuple(found)
    kept = (replace(e, offset=e.offset - cut, length=min(e.end, end) - e.offset) for e in found)
    return shown[cut:], tuple(e for e in kept if e.length > 0)


def _unparsable(reason: str) -> ApiError:
    return ApiError(400, f"Bad Request: can't parse entities: {reason}")
