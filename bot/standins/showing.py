"""What a stand-in's room shows becomes a message again, to be drawn for people."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from bot.message import Button, Mark, Message, Paragraph, Run
from bot.standins.slack.rooms import Posted
from bot.standins.telegram.entities import Entity
from bot.standins.telegram.rooms import Shown

_BULLET = "• "
_QUOTES = {"blockquote", "expandable_blockquote"}
_Look = tuple[bool, bool, bool, str | None, bool]  # bold, italic, code, link, in a blockquote


def telegram_message(shown: Shown) -> Message:
    """Return what a Telegram client draws of a message: from its text and entities alone."""
    looks = _looks(shown.text, shown.entities)
    paragraphs = [_line(line) for line in _lines(shown.text, looks)]
    buttons = tuple(tuple(Button(one["text"], url=one.get("url")) for one in row) for row in shown.buttons)
    return Message(tuple(_with_gaps(paragraphs)), buttons)


def slack_message(posted: Posted) -> Message:
    """Return what a Slack client draws of a message: from its blocks alone."""
    paragraphs = [paragraph for block in posted.blocks for paragraph in _block(block)]
    rows = [block["elements"] for block in posted.blocks if block["type"] == "actions"]
    buttons = tuple(tuple(Button(one["text"]["text"], url=one.get("url")) for one in row) for row in rows)
    if not posted.blocks:
        paragraphs = [Paragraph((Run(line),)) for line in posted.text.splitlines()]
    return Message(tuple(paragraphs), buttons)


def _looks(text: str, entities: Sequence[Entity]) -> list[_Look]:
    """Return how each character of `text` looks."""
    looks, offset = [], 0
    for char in text:
        on = [e for e in entities if e.offset <= offset < e.offset + e.length]
        kinds = {e.type for e in on}
        link = next((e.url for e in on if e.type == "text_link"), None)
        looks.append(("bold" in kinds, "italic" in kinds, "code" in kinds, link, bool(kinds & _QUOTES)))
        offset += 2 if char > "\uffff" else 1
    return looks


def _lines(text: str, looks: Sequence[_Look]) -> Iterator[list[tuple[str, _Look]]]:
    """Yield the characters of each line; a blockquote stays together, line ends and all."""
    line: list[tuple[str, _Look]] = []
    for char, look in zip(text, looks, strict=True):
        ends = char == "\n" and not look[4]
        changes = bool(line) and line[-1][1][4] != look[4]
        if ends or changes:
            yield line
            line = []
        if not ends:
            line.append((char, look))
    yield line


def _line(chars: Sequence[tuple[str, _Look]]) -> Paragraph:
    runs = []
    for look, group in groupby(chars, key=lambda pair: pair[1]):
        bold, italic, code, link, _ = look
        words = "".join(char for char, _ in group)
        runs.append(Run(words, bold=bold, italic=italic, code=code, href=link))
    if chars and chars[0][1][4]:
        return Paragraph(tuple(runs), Mark.QUOTE)
    if runs and runs[0].text.startswith(_BULLET):
        first = Run(
            runs[0].text.removeprefix(_BULLET), runs[0].bold, runs[0].italic, runs[0].code, runs[0].href
        )
        return Paragraph(tuple(run for run in (first, *runs[1:]) if run.text), Mark.ITEM)
    return Paragraph(tuple(runs))


def _with_gaps(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Yield what has words; what follows an empty line begins a block."""
    gap = False
    for paragraph in paragraphs:
        if paragraph.text.strip():
            yield Paragraph(paragraph.runs, paragraph.mark, starts_block=gap)
        gap = not paragraph.text.strip() and paragraph.mark is not Mark.QUOTE


def _block(block: dict[str, Any]) -> Iterator[Paragraph]:
    if block["type"] == "header":
        yield Paragraph((Run(block["text"]["text"]),), Mark.HEADING)
    if block["type"] != "rich_text":
        return
    for at, element in enumerate(block["elements"]):
        mark = Mark.QUOTE if element["type"] == "rich_text_quote" else Mark.TEXT
        if element["type"] == "rich_text_list":
            yield from (Paragraph(_runs(one["elements"]), Mark.ITEM) for one in element["elements"])
        else:
            yield Paragraph(_runs(element["elements"]), mark, starts_block=at == 0)


def _runs(leaves: Iterable[dict[str, Any]]) -> tuple[Run, ...]:
    return tuple(
        Run(
            leaf.get("text") or leaf.get("url") or "",
            bold=bool(leaf.get("style", {}).get("bold")),
            italic=bool(leaf.get("style", {}).get("italic")),
            code=bool(leaf.get("style", {}).get("code")),
            href=leaf.get("url"),
        )
        for leaf in leaves
    )
