"""Blocks and text become what a person reads, and what in them would be damaged or live."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.standins.damage import damages

_SIGNS = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_ENTITY = re.compile("|".join(_SIGNS))
_REFERENCE = re.compile(r"<([^<>]*)>")
_LIVE = re.compile(r"^(?:[@#]|!(?!date\^))")
_WEB = ("http://", "https://")
_BARE = re.compile(r"https?://|(?<![\w@.-])(?:[\w-]+\.)+(?:com|org|net|io|example|test)\b", re.IGNORECASE)


def plain(blocks: Sequence[Mapping[str, Any]], text: str) -> str:
    """Return what a message reads like; without blocks its text."""
    lines = [line for block in blocks for line in _lines(block)]
    return "\n".join(lines) if blocks else _read(text)


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
    if fields.get("attachments"):
        yield "attachments, which this stand-in does not show"
    if fields.get("link_names") or fields.get("parse") == "full":
        yield "names in the text become live mentions"
    yield from _in_markup(text, links=not blocks and fields.get("parse") != "none")
    yield from block_defects(blocks)


def block_defects(blocks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the same of blocks alone, as in a view."""
    for block in blocks:
        yield from _in_block(block)


def _read(markup: str) -> str:
    """Return what Slack's markup reads like, its references by their words."""
    words = _REFERENCE.sub(lambda match: match[1].partition("|")[2] or match[1], markup)
    return _ENTITY.sub(lambda match: _SIGNS[match.group()], words)


def _in_markup(text: str, *, links: bool) -> Iterator[str]:
    """Yield what Slack's markup reads in a text that ought to be literal; with `links` bare addresses too."""
    for inner in _REFERENCE.findall(text):
        if _LIVE.match(inner):
            yield f"a live mention: <{inner}>"
        elif not inner.startswith((*_WEB, "mailto:", "!date^")):
            yield f"text that is not escaped: <{inner}>"
    rest = _ENTITY.sub("", _REFERENCE.sub("", text))
    if any(sign in rest for sign in "<>&"):
        yield "text that is not escaped"
    if links and (bare := _BARE.search(rest)):
        yield f"a live link: {rest[bare.start() : bare.start() + 40]}"
    yield from damages(_read(text))


def _in_block(block: Mapping[str, Any]) -> Iterator[str]:
    for leaf in _leaves(block):
        kind = leaf.get("type")
        if kind in ("user", "channel", "usergroup", "team", "broadcast"):
            yield f"a live mention: {leaf}"
        elif kind == "mrkdwn":
            yield from _in_markup(leaf["text"], links=not leaf.get("verbatim"))
        elif kind == "link" and not leaf["url"].startswith(_WEB):
            yield f"a link that leads nowhere: {leaf['url']}"
        elif kind == "button" and not leaf.get("url", _WEB[0]).startswith(_WEB):
            yield f"a button that leads nowhere: {leaf['url']}"
    for line in _lines(block):
        yield from damages(line)


def _leaves(thing: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield all objects in an object, and itself."""
    left: list[Any] = [thing]
    while left:
        one = left.pop()
        if isinstance(one, dict):
            yield one
            left += one.values()
        elif isinstance(one, list):
            left += one


def _lines(block: Mapping[str, Any]) -> list[str]:
    kind = block["type"]
    if kind == "rich_text":
        return [line for element in block["elements"] for line in _rich_lines(element)]
    if kind in ("header", "section"):
        parts = [block.get("text"), *block.get("fields", ())]
        return [_words(part) for part in parts if part]
    if kind == "context":
        return [" ".join(_words(part) for part in block["elements"] if "text" in part)]
    if kind == "input":
        return [_words(block["label"])]
    return [block["text"]] if kind == "markdown" else []


def _rich_lines(element: Mapping[str, Any]) -> list[str]:
    if element["type"] == "rich_text_list":
        lines = ["".join(_rich_lines(one)) for one in element["elements"]]
        first = element.get("offset", 0) + 1
        marks = [f"{first + at}." if element["style"] == "ordered" else "•" for at in range(len(lines))]
        return [f"{mark} {line}" for mark, line in zip(marks, lines, strict=True)]
    words = "".join(map(_leaf, element["elements"]))
    return [f"> {words}" if element["type"] == "rich_text_quote" else words]


def _leaf(leaf: Mapping[str, Any]) -> str:
    match leaf["type"]:
        case "text" | "link":
            return str(leaf.get("text") or leaf.get("url"))
        case "emoji":
            return f":{leaf['name']}:"
        case "date":
            return str(leaf.get("fallback") or leaf["timestamp"])
        case "broadcast":
            return f"@{leaf['range']}"
        case kind:
            return f"@{leaf.get(f'{kind}_id', '')}"


def _words(text: Mapping[str, Any]) -> str:
    return _read(text["text"]) if text["type"] == "mrkdwn" else str(text["text"])
