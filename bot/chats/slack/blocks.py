"""A message becomes Slack's blocks, in parts that each fit in one of its messages.

All text is in `rich_text` and `plain_text`, which Slack shows as it is written: nothing in it becomes live.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from bot.chats.cut import Paragraphs, cut
from bot.chats.plain import grapheme_ends, is_web, literal
from bot.message import Button, Mark, Message, Paragraph, Run
from bot.model import Part

BLOCKS = 45  # Slack takes 50; some are kept free for buttons and "(possible repeat)"
CHARACTERS = 11_000  # of JSON; Slack refuses about 13,200, undocumented: slackapi/bolt-js#2509
_HEADER = 150  # characters, docs.slack.dev/reference/block-kit/blocks/header-block
_LABEL = 75  # docs.slack.dev/reference/block-kit/block-elements/button-element
_REQUEST = 2000  # of a button's value
_ROW = 25  # buttons
_NOTIFICATION = 3000  # characters of `text`, which only notifications and screen readers show
STAYS = "stay-"  # at the start of an action's id: the answer must not replace what was pressed
PRESSED = "!"  # after "me" in a button's value: what follows is a request, not a schedule

Block = dict[str, Any]


def to_blocks(message: Message) -> list[list[Block]]:
    """Return `message` as lists of blocks that each fit in one Slack message."""
    return [_blocks(paragraphs) for paragraphs in cut(message.paragraphs, _fits)]


def to_parts(message: Message, *, mine: bool = False) -> tuple[Part, ...]:
    """Return `message` as fields of `chat.postMessage` (all but the channel); the last part has the buttons.

    With `mine` the buttons are about the presser's own digest, wherever they are shown.

    Raises:
        ValueError: a button's request is longer than Slack's buttons carry.
    """
    portions = cut(message.paragraphs, _fits)
    name = STAYS if message.offer else "ask-"
    buttons = [_actions(row, f"{name}{at}", mine=mine) for at, row in enumerate(message.buttons) if row]
    last = len(portions) - 1
    return tuple(_part(portion, buttons if number == last else []) for number, portion in enumerate(portions))


def plain(part: Part) -> Part:
    """Return `part` as text alone."""
    fields = {"text": escaped(part.text), "mrkdwn": False, "parse": "none"}  # addresses stay words
    return Part(json.dumps(_FIELDS | fields), part.text)


def noted(part: Part, note: str) -> Part:
    """Return `part` with a line of ours above it."""
    fields = json.loads(part.body)
    fields["text"] = f"{escaped(note)}\n{fields['text']}"
    if "blocks" in fields:
        fields["blocks"] = [*_blocks((Paragraph((Run(note, italic=True),)),)), *fields["blocks"]]
    return Part(json.dumps(fields), f"{note}\n{part.text}")


def escaped(text: str) -> str:
    """Return `text` as Slack's markup shows it literally: no mention, no link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_FIELDS = {"unfurl_links": False, "unfurl_media": False}


def _fits(paragraphs: Paragraphs) -> bool:
    blocks = _blocks(paragraphs)
    return len(blocks) <= BLOCKS and len(json.dumps(blocks, ensure_ascii=False)) <= CHARACTERS


def _part(paragraphs: Paragraphs, buttons: Sequence[Block]) -> Part:
    text = _text(paragraphs)
    fields = _FIELDS | {"text": escaped(_start(text)), "blocks": [*_blocks(paragraphs), *buttons]}
    return Part(json.dumps(fields), text)


def _text(paragraphs: Paragraphs) -> str:
    lines = (("• " if one.mark is Mark.ITEM else "") + one.text for one in paragraphs)
    return "\n".join(lines)


def _start(text: str) -> str:
    if len(text) <= _NOTIFICATION:
        return text
    return text[: max(end for end in grapheme_ends(text) if end < _NOTIFICATION)] + "…"


def _blocks(paragraphs: Paragraphs) -> list[Block]:
    """Return a header for each heading that can be one, and a rich text for what stands together."""
    blocks: list[Block] = []
    for paragraph, elements in _elements(paragraphs):
        if paragraph.mark is Mark.HEADING and _is_header(paragraph):
            blocks.append({"type": "header", "text": _plain_text(paragraph.text)})
        elif blocks and blocks[-1]["type"] == "rich_text" and not paragraph.starts_block:
            blocks[-1]["elements"] += elements
        else:
            blocks.append({"type": "rich_text", "elements": elements})
    return blocks


def _elements(paragraphs: Paragraphs) -> Iterator[tuple[Paragraph, list[Block]]]:
    """Yield paragraphs with their elements of a rich text; items that follow one another as one list."""
    for is_item, group in groupby(paragraphs, key=lambda one: one.mark is Mark.ITEM and not one.starts_block):
        members = list(group)
        if is_item:
            sections = [_section("rich_text_section", one) for one in members]
            yield members[0], [{"type": "rich_text_list", "style": "bullet", "elements": sections}]
            continue
        for one in members:
            kind = "rich_text_quote" if one.mark is Mark.QUOTE else "rich_text_section"
            yield one, [_section(kind, one)]


def _section(kind: str, paragraph: Paragraph) -> Block:
    heading = paragraph.mark is Mark.HEADING
    return {"type": kind, "elements": [_run(run, heading=heading) for run in paragraph.runs]}


def _run(run: Run, *, heading: bool) -> Block:
    style = {"bold": run.bold or heading, "italic": run.italic, "code": run.code}
    chosen = {name: True for name, is_on in style.items() if is_on}
    element = {"type": "link", "url": run.href} if run.href and is_web(run.href) else {"type": "text"}
    return element | {"text": run.text} | ({"style": chosen} if chosen else {})


def _is_header(paragraph: Paragraph) -> bool:
    return len(paragraph.text) <= _HEADER and not any(run.href for run in paragraph.runs)


def _plain_text(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def _actions(row: Iterable[Button], name: str, *, mine: bool) -> Block:
    buttons = [_button(button, f"{name}-{place}", mine=mine) for place, button in enumerate(row)]
    if len(buttons) > _ROW:
        raise ValueError(f"a row has {len(buttons)} buttons, Slack takes {_ROW}")
    return {"type": "actions", "elements": buttons}


def _button(button: Button, name: str, *, mine: bool) -> Block:
    element = {"type": "button", "text": _plain_text(_label(button.label)), "action_id": name}
    if button.url is not None:
        return element | {"url": button.url}
    request = f"me {PRESSED} {button.request}" if mine else button.request or ""
    if not 1 <= len(request) <= _REQUEST:
        raise ValueError(f"the request of button “{button.label}” must have 1 to {_REQUEST} characters")
    return element | {"value": request}


def _label(label: str) -> str:
    shown = literal(label)
    if len(shown) <= _LABEL:
        return shown
    return shown[: max(end for end in grapheme_ends(shown) if end < _LABEL)] + "…"
