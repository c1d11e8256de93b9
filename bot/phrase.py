"""A template of ours, and foreign words to put in it, become a message.

In a template `...` marks what a person can type and *...* what stands out; {name} takes a value, in which
neither is read. A request to type is written as `/name arguments`; `spelled` turns it into a chat's own form.
Wording is so kept in whole sentences, each line of which is said in the language that is spoken.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bot.locales import said
from bot.message import Button, Mark, Message, Paragraph, Run

_PIECE = re.compile(r"`(?P<code>[^`]+)`|\*(?P<bold>[^*]+)\*|\{(?P<name>\w+)\}|(?P<text>[^`*{]+)")
_NAME = re.compile(r"\{(\w+)\}")


def phrase(template: str, *, mark: Mark = Mark.TEXT, **values: Any) -> Paragraph:
    """Return one paragraph; a value that is a `Run` keeps its look."""
    runs = [_run(piece, values) for piece in _PIECE.finditer(said(template))]
    return Paragraph(tuple(run for run in runs if run.text), mark)


def say(
    template: str, *, buttons: Sequence[Sequence[Button]] = (), for_all: bool = False, **values: Any
) -> Message:
    """Return a message with a paragraph for each line of `template`."""
    lines = (phrase(line, **values) for line in template.splitlines() if line)
    return Message(tuple(lines), tuple(map(tuple, buttons)), for_all=for_all)


def spelled(message: Message, spell: Callable[[str], str]) -> Message:
    """Return `message` with each request to type, "/name arguments", as `spell` writes it."""
    paragraphs = (
        replace(paragraph, runs=tuple(_spelled(run, spell) for run in paragraph.runs))
        for paragraph in message.paragraphs
    )
    return replace(message, paragraphs=tuple(paragraphs))


def _spelled(run: Run, spell: Callable[[str], str]) -> Run:
    is_request = run.code and run.text.startswith("/")
    return replace(run, text=spell(run.text)) if is_request else run


def _run(piece: re.Match[str], values: dict[str, object]) -> Run:
    if name := piece["name"]:
        value = values[name]
        return value if isinstance(value, Run) else Run(str(value))
    if code := piece["code"]:
        return Run(_filled(code, values), code=True)
    if bold := piece["bold"]:
        return Run(_filled(bold, values), bold=True)
    return Run(piece["text"])


def _filled(text: str, values: dict[str, object]) -> str:
    return _NAME.sub(lambda match: str(values[match[1]]), text)
