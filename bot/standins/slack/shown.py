"""Blocks and text become what a person reads, and what in them would be damaged or live."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from bot.standins.damage import damages

_ENTITY = re.compile(r"&(?:amp|lt|gt);")
_REFERENCE = re.compile(r"<([^<>]*)>")
_LIVE = re.compile(r"^(?:[@#]|!(?!date\^))")


def plain(blocks: Sequence[Mapping[str, Any]], text: str) -> str:
    """Return what a message reads like; without blocks its text."""
    lines = [line for block in blocks for line in _lines(block)]
    return "\n".join(lines) if blocks else unescape(text)


def defects(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield what Slack accepts in a message and a reader sees damaged, or what would be live."""
    text, blocks = str(fields.get("text") or ""), fields.get("blocks") or []
    if blocks and not text:
        yield "blocks without a text for notifications"
    if len(text) > 4000:
        yield "text of more than 4000 characters"
    for name in ("unfurl_links", "unfurl_media"):
        if fields.get(name) is not False:
            yield f"{name} is not off"
    yield from _in_markup(text)
    for block in blocks:
        yield from _in_block(block)


def _in_markup(text: str) -> Iterator[str]:
    """Yield what Slack's markup reads in a text that ought to be literal."""
    for inner in _REFERENCE.findall(text):
        if _LIVE.match(inner):
            yield f"a live mention: <{inner}>"
        elif not inner.startswith(("http://", "https://", "mailto:")):
            yield f"text that is not escaped: <{inner}>"
    rest = _ENTITY.sub("", _REFERENCE.sub("", text))
    if any(sign in rest for sign in "<>&"):
        yield "text that is not escaped"
    yield from damages(text)


def _in_block(block: Mapping[str, Any]) -> Iterator[str]:
    for leaf in _leaves(block):
        kind = leaf.get("type")
        if kind in ("user", "channel", "usergroup", "broadcast"):
            yield f"a live mention: {leaf}"
        elif kind == "mrkdwn":
            yield from _in_markup(leaf["text"])
        elif kind == "link" and not leaf["url"].startswith(("http://", "https://")):
            yield f"a link that leads nowhere: {leaf['url']}"
    for line in _lines(block):
        yield from damages(line)


def _leaves(thing: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(thing, dict):
        yield thing
        for inner in thing.values():
            yield from _leaves(inner)
    elif isinstance(thing, list):
        for inner in thing:
            yield from _leaves(inner)


def _lines(block: Mapping[str, Any]) -> list[str]:
    kind = block["type"]
    if kind == "rich_text":
        return [line for element in block["elements"] for line in _rich_lines(element)]
    if kind in ("header", "section"):
        parts = [block.get("text"), *block.get("fields", ())]
        return [_words(part) for part in parts if part]
    if kind == "context":
        return [" ".join(_words(part) for part in block["elements"] if "text" in part)]
    return []


def _rich_lines(element: Mapping[str, Any]) -> list[str]:
    if element["type"] == "rich_text_list":
        return ["• " + "".join(_rich_lines(one)) for one in element["elements"]]
    words = "".join(leaf.get("text") or leaf.get("url") or "" for leaf in element["elements"])
    return [f"> {words}" if element["type"] == "rich_text_quote" else words]


def _words(text: Mapping[str, Any]) -> str:
    words = str(text["text"])
    return unescape(words) if text["type"] == "mrkdwn" else words
