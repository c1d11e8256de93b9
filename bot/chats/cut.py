"""The paragraphs of a message become portions that each fit a chat's limits."""

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from bot.chats.plain import grapheme_ends, literal
from bot.message import Paragraph, Run

Paragraphs = tuple[Paragraph, ...]
Fits = Callable[[Paragraphs], bool]
"""Whether a platform takes these paragraphs in one message; if it takes some, it takes fewer of them too."""

_GAPS = (re.compile(r"\n+"), re.compile(r"[.!?…][\"”’»')\]]*\s+"), re.compile(r"\s+"))  # the best first


def cut(paragraphs: Sequence[Paragraph], fits: Fits) -> list[Paragraphs]:
    """Return portions that fit, cut before a block, or else between paragraphs, sentences, words, graphemes.

    Text is made literal; paragraphs without any are left out.
    """
    whole = tuple(_shown(paragraphs))
    if fits(whole):  # as most messages do
        return [whole] if whole else []
    portions: list[Paragraphs] = []
    portion: Paragraphs = ()
    for block in _blocks(whole):
        if fits(portion + block):
            portion += block
            continue
        if any(paragraph.starts_block for paragraph in portion) or (portion and fits(block)):
            portions.append(portion)
            portion = ()
        *full, portion = _filled(portion, block, fits)
        portions += full
    return [*portions, portion] if portion else portions


def _shown(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    for paragraph in paragraphs:
        runs = tuple(replace(run, text=literal(run.text)) for run in paragraph.runs)
        if trimmed := _trimmed(replace(paragraph, runs=runs)):
            yield trimmed


def _blocks(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraphs]:
    block: Paragraphs = ()
    for paragraph in paragraphs:
        if paragraph.starts_block and block:
            yield block
            block = ()
        block += (paragraph,)
    if block:
        yield block


def _filled(portion: Paragraphs, block: Paragraphs, fits: Fits) -> list[Paragraphs]:
    """Return portions that hold `portion` and then `block`, cut where they are full."""
    portions = [portion]
    for paragraph in block:
        rest: Paragraph | None = paragraph
        while rest:
            if fits((*portions[-1], rest)):
                portions[-1] = (*portions[-1], rest)
                break
            if portions[-1]:
                portions.append(())
                continue
            head, rest = _halved(rest, fits)
            portions[-1] = (head,)
    return portions


def _halved(paragraph: Paragraph, fits: Fits) -> tuple[Paragraph, Paragraph | None]:
    """Return the longest beginning that fits, cut in the best kind of gap that allows one, and the rest."""
    text = paragraph.text
    ends = grapheme_ends(text)
    whole = set(ends)
    gaps = [[gap.end() for gap in kind.finditer(text) if gap.end() in whole] for kind in _GAPS]
    for places in (*gaps, ends, range(1, len(text))):
        count = bisect(places, False, key=lambda end: not _head_fits(paragraph, end, fits))
        if count and (head := _trimmed(_piece(paragraph, 0, places[count - 1]))):
            return head, _trimmed(
                replace(_piece(paragraph, places[count - 1], len(text)), starts_block=False)
            )
    raise ValueError("a message of one character does not fit")


def _head_fits(paragraph: Paragraph, end: int, fits: Fits) -> bool:
    head = _trimmed(_piece(paragraph, 0, end))
    return head is None or fits((head,))


def _piece(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """Return the characters `start` to `end` of a paragraph, looking as they did."""
    runs: list[Run] = []
    for run in paragraph.runs:
        if text := run.text[max(start, 0) : max(end, 0)]:
            runs.append(run if text == run.text else replace(run, text=text))
        start, end = start - len(run.text), end - len(run.text)
    return replace(paragraph, runs=tuple(runs))


def _trimmed(paragraph: Paragraph) -> Paragraph | None:
    """Return the paragraph without white space at its ends (but under a mark); None if nothing is left."""
    text = paragraph.text
    start = len(text) - len(text.lstrip())
    if len(grapheme_ends(text[max(0, start - 1) : start + 1])) == 1:
        start = max(0, start - 1)
    trimmed = _piece(paragraph, start, len(text.rstrip()))
    return trimmed if trimmed.runs else None
