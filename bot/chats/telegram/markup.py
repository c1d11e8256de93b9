"""A message becomes Telegram's HTML, in parts that each fit in one of its messages."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from typing import Any

from bot.chats.cut import Paragraphs, cut
from bot.chats.plain import is_web, literal, utf16_length
from bot.message import Button, Mark, Message, Paragraph, Run
from bot.model import Part

LIMIT = 4096  # UTF-16 code units after parsing, core.telegram.org/bots/api#sendmessage
ENTITIES = 100  # further ones are ignored: links die silently
CALLBACK = 64  # bytes, core.telegram.org/bots/api#inlinekeyboardbutton
NEW_MESSAGE = "+"  # before a request in callback data: the answer must not replace what was pressed
_SPARE = 64  # units and one entity kept free for "(possible repeat)"
_BULLET = "• "

# What Telegram would make live by itself, whoever wrote it. Rather too much than too little. Each pattern is
# tried once a place and looks ahead a bounded way or to the end of one word: foreign text may be long.
_WORD = re.compile(r"\S+")
_ADDRESS = re.compile(r"://|[^\W_]\.[^\W\d_]{2}")  # a link, a domain, a mail address
_EDGES = re.compile(r"^[^\w@#$/+]+|[^\w/]+$")
_NAME = re.compile(
    r"(?<!\w)@\w+|(?<!\w)#\w*[^\W\d]\w*|(?<!\w)\$[A-Za-z]{1,8}\b|(?<![\w/<>])/\w+(?:@\w+)?"
    r"|(?<!\w)\+?\d(?:[ ()-]{0,2}\d){8,}"  # mentions, tags, commands; numbers of cards and telephones
)


@dataclass(frozen=True, slots=True)
class _Markup:
    html: str = ""
    text: str = ""  # what is left of `html` once parsed
    entities: int = 0

    def __add__(self, other: "_Markup") -> "_Markup":
        return _Markup(self.html + other.html, self.text + other.text, self.entities + other.entities)

    def inside(self, tag: str, attribute: str = "") -> "_Markup":
        return _Markup(f"<{tag}{attribute}>{self.html}</{tag}>", self.text, self.entities + 1)


def to_html(message: Message) -> list[str]:
    """Return `message` as HTML texts that each fit in one Telegram message."""
    return [markup.html for markup in _portions(message)]


def to_parts(message: Message) -> tuple[Part, ...]:
    """Return `message` as fields of `sendMessage` (all but the chat); the last part has the buttons.

    Raises:
        ValueError: a button's request does not fit in `CALLBACK` bytes.
    """
    portions = _portions(message)
    keyboards = [None] * (len(portions) - 1) + [_keyboard(message)]
    return tuple(_part(markup, keyboard) for markup, keyboard in zip(portions, keyboards, strict=False))


def plain(part: Part) -> Part:
    """Return `part` without HTML; what would become live is set as code by offsets, which need no parsing."""
    fields = {key: value for key, value in json.loads(part.body).items() if key != "parse_mode"}
    spans = live_spans(part.text)
    if len(spans) > ENTITIES:
        spans = [(spans[0][0], spans[-1][1])]
    entities = [
        {
            "type": "code",
            "offset": utf16_length(part.text[:start]),
            "length": utf16_length(part.text[start:end]),
        }
        for start, end in spans
    ]
    return Part(json.dumps(fields | {"text": part.text, "entities": entities}), part.text)


def live_spans(text: str) -> list[tuple[int, int]]:
    """Return where Telegram would see links, mentions, tags, commands or numbers to call, in order, apart."""
    words = (word for word in _WORD.finditer(text) if _ADDRESS.search(word.group()))
    found = [_without_edges(word) for word in words] + [name.span() for name in _NAME.finditer(text)]
    spans: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _without_edges(word: re.Match[str]) -> tuple[int, int]:
    """Return the span of a word without the marks around it."""
    text = word.group()
    inner = _EDGES.sub("", text)
    start = word.start() + text.index(inner)
    return start, start + len(inner)


def noted(part: Part, note: str) -> Part:
    """Return `part` with a line of ours above it."""
    fields, line = json.loads(part.body), f"{note}\n"
    fields["text"] = (
        f"<i>{escape(note)}</i>\n{fields['text']}" if "parse_mode" in fields else line + part.text
    )
    for entity in fields.get("entities", ()):
        entity["offset"] += utf16_length(line)
    return Part(json.dumps(fields), line + part.text)


def _portions(message: Message) -> list[_Markup]:
    return [_marked(paragraphs) for paragraphs in cut(message.paragraphs, _fits)]


def _fits(paragraphs: Paragraphs) -> bool:
    markup = _marked(paragraphs)
    return utf16_length(markup.text) <= LIMIT - _SPARE and markup.entities < ENTITIES


def _marked(paragraphs: Sequence[Paragraph]) -> _Markup:
    markup, before = _Markup(), None
    for paragraph in paragraphs:
        markup += _gap(before, paragraph) + _paragraph(paragraph)
        before = paragraph
    return markup


def _gap(before: Paragraph | None, paragraph: Paragraph) -> _Markup:
    if before is None:
        return _Markup()
    gap = "\n\n" if paragraph.starts_block or before.mark is Mark.HEADING else "\n"
    return _Markup(gap, gap)


@lru_cache(maxsize=256)  # of one message each paragraph is looked at anew with each that follows
def _paragraph(paragraph: Paragraph) -> _Markup:
    inner = _joined(_runs(paragraph))
    if paragraph.mark is Mark.QUOTE:
        return inner.inside("blockquote")
    return _Markup(_BULLET, _BULLET) + inner if paragraph.mark is Mark.ITEM else inner


def _joined(pieces: Iterable[_Markup]) -> _Markup:
    some = list(pieces)
    html, text = "".join(one.html for one in some), "".join(one.text for one in some)
    return _Markup(html, text, sum(one.entities for one in some))


def _runs(paragraph: Paragraph) -> Iterator[_Markup]:
    """Yield the runs; words that Telegram would make live stand in a link or code, which keeps them text."""
    text, start = paragraph.text, 0
    live = live_spans(text)
    link = next((run.href for run in paragraph.runs if run.href and is_web(run.href)), None)
    for run in paragraph.runs:
        end = start + len(run.text)
        if run.code or (run.href and is_web(run.href)):
            yield _run(run, paragraph.mark)
        else:
            for piece, is_live in _split(text, start, end, live=live):
                safe = replace(run, text=piece, href=link, code=link is None) if is_live else None
                yield _run(safe or replace(run, text=piece), paragraph.mark)
        start = end


def _split(text: str, start: int, end: int, *, live: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of `text[start:end]` that lie inside and outside of the spans in `live`."""
    for live_start, live_end in live:
        if live_end <= start or live_start >= end:
            continue
        if start < live_start:
            yield text[start:live_start], False
            start = live_start
        yield text[start : min(live_end, end)], True
        start = min(live_end, end)
    if start < end:
        yield text[start:end], False


def _run(run: Run, mark: Mark) -> _Markup:
    markup = _Markup(escape(run.text), run.text)
    if run.code:
        return markup.inside("code")  # Telegram allows nothing else around or inside it
    if run.href and is_web(run.href):
        markup = markup.inside("a", f' href="{escape(run.href)}"')
    if run.italic:
        markup = markup.inside("i")
    return markup.inside("b") if run.bold or mark is Mark.HEADING else markup


def _part(markup: _Markup, keyboard: dict[str, Any] | None) -> Part:
    fields: dict[str, Any] = {
        "text": markup.html,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    return Part(json.dumps(fields | ({"reply_markup": keyboard} if keyboard else {})), markup.text)


def _keyboard(message: Message) -> dict[str, Any] | None:
    stays = message.digest or message.offer
    rows = [[_button(button, stays=stays) for button in row] for row in message.buttons if row]
    return {"inline_keyboard": rows} if rows else None


def _button(button: Button, *, stays: bool) -> dict[str, str]:
    label = literal(button.label)
    if button.url is not None:
        return {"text": label, "url": button.url}
    data = f"{NEW_MESSAGE if stays else ''}{button.request or ''}"
    if not 1 <= len(data.encode()) <= CALLBACK:
        raise ValueError(f"the request of button “{label}” must have 1 to {CALLBACK} bytes: {data!r}")
    return {"text": label, "callback_data": data}
