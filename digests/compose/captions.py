"""A figure becomes the words of its sentence that tell it, where its concept alone would read oddly.

"$640 million — Lumenal has raised" is told by "Lumenal has raised $640 million", "17 people — died" by
"17 people died": where the concept leads up to the number or goes on behind it, the article's own words are
better than ours. Where neither is so, a short sentence tells it whole.
"""

import re
from collections.abc import Iterator, Sequence

from digests.model import Article, Figure, Modifier, Span

_HEDGE = re.compile(
    r"(?i)\b(?:(?:about|around|almost|nearly|approximately|roughly|some|perhaps|over|under|just|only|up to"
    r"|as (?:many|much) as|(?:more|less|fewer) than|at (?:least|most)|an estimated|a reported)\s+)+$"
)
_TOKEN = re.compile(r"\S+")
_ENDS = ",.;:!?)”’\"'"  # signs that may follow a word
_STOPS = re.compile(r"[.!?;:](?:\s|$)")  # no aside goes on behind them
# What may stand between a number and what is said of it, or between what leads up to it and the number.
_BETWEEN = frozenset("of in on at the a an is are was were be been has have had will".split())
_LINKS = ("at", "for")
_RELATIVES = ("who", "which")  # "the star of the team, who earns a reported"
_MOST_BETWEEN = 3  # words
# What turns a sentence into its contrary, or into what may be: a piece of it would be untrue.
_DOUBT = re.compile(
    r"(?i)\b(?:not|never|no|nor|neither|den(?:y|ied|ies)|false|wrong|if|unless|whether|could|would|may|might)\b"
    r"|n['’]t\b"
)
_HANGS = re.compile(
    r"^[\W_]*(?:He|She|It|They|This|That|These|Those|But|And|So|His|Her|Their|Its|There|Of)\b"
)
_NEAR = 300  # characters around a number in which its concept is looked for
_SHORT = 13  # words of a sentence that is told whole


def told_by(figure: Figure, article: Article) -> tuple[Span, ...]:
    """Return the pieces of the article's text that tell the figure, in its order; none: its concept does.

    One of them holds the figure with its hedge. They are the outlet's own words, not somebody's.
    """
    sentence = figure.sentence
    if sentence is None or not figure.concept:
        return ()
    pieces = next(_ways(figure, sentence, article.text), ())
    if any(_meet(piece, quote.span) for piece in pieces for quote in article.quotes):
        return ()
    return pieces


def _ways(figure: Figure, sentence: Span, text: str) -> Iterator[tuple[Span, ...]]:
    """Yield how the figure may be told, the best first."""
    before = text[sentence.start : figure.span.start]
    hedge = _HEDGE.search(before)
    is_hedged = figure.modifier is not Modifier.EXACT
    number = Span(sentence.start + hedge.start() if hedge else figure.span.start, figure.span.end)
    if _DOUBT.search(sentence.of(text)) is None and (hedge or not is_hedged):
        whole = (figure.concept or "").split()
        yield from _said_behind(whole, number, sentence, text)
        yield from _leading_up(whole, number, sentence, text)
        if "," in (figure.concept or ""):  # what it is, and whose
            yield from _said_behind((figure.concept or "").split(",")[0].split(), number, sentence, text)
    if len(sentence.of(text).split()) <= _SHORT and not _HANGS.search(sentence.of(text)):
        yield (Span(sentence.start, sentence.end - (text[sentence.end - 1] == ".")),)


def _said_behind(words: Sequence[str], number: Span, sentence: Span, text: str) -> Iterator[tuple[Span, ...]]:
    """Yield the number and what follows it: "17 people died", "40% of the port"."""
    tokens = _tokens(text, number.end, min(sentence.end, number.end + _NEAR))
    for start in range(_MOST_BETWEEN + 1):
        found = tokens[start : start + len(words)]
        if [one.of(text) for one in found] == words:
            yield (Span(number.start, found[-1].end),)
        if start >= len(tokens) or tokens[start].of(text) not in _BETWEEN:
            return


def _leading_up(words: Sequence[str], number: Span, sentence: Span, text: str) -> Iterator[tuple[Span, ...]]:
    """Yield what leads up to the number, and the number; an aside within it is left out."""
    tokens = _tokens(text, max(sentence.start, number.start - _NEAR), number.start)
    told = [one.of(text) for one in tokens]
    for end in _ends(told, tokens, text):
        start = end - len(words)
        if start >= 0 and told[start:end] == words:
            yield (Span(tokens[start].start, number.end),)
    for count in range(1, len(words)):
        head, tail = words[:count], words[count:]
        start = len(told) - len(tail)
        if start > 1 and told[start:] == tail and _is_before_comma(tokens[start - 1], text):
            yield from (
                (Span(tokens[at].start, tokens[at + count - 1].end), Span(tokens[start].start, number.end))
                for at in range(start - 1 - count, -1, -1)
                if told[at : at + count] == head and _is_aside(tokens, at + count - 1, start, text)
            )


def _ends(told: Sequence[str], tokens: Sequence[Span], text: str) -> Iterator[int]:
    """Yield behind how many words a concept may end that leads up to the number behind the last one."""
    yield len(told)
    if told and told[-1] in _LINKS:
        yield len(told) - 1
    for place in range(max(1, len(told) - _MOST_BETWEEN - 1), len(told) - 1):
        if told[place] in _RELATIVES and _is_before_comma(tokens[place - 1], text):
            yield place


def _is_aside(tokens: Sequence[Span], before: int, behind: int, text: str) -> bool:
    """Say whether a comma opens what stands between two words, and it is of one sentence."""
    between = text[tokens[before].end : tokens[behind].start]
    return _is_before_comma(tokens[before], text) and not _STOPS.search(between)


def _tokens(text: str, start: int, end: int) -> list[Span]:
    """Return the words of a part of the text, without the signs behind them."""
    found = _TOKEN.finditer(text, start, end)
    return [Span(one.start(), one.start() + len(one.group().rstrip(_ENDS) or one.group())) for one in found]


def _is_before_comma(token: Span, text: str) -> bool:
    return text[token.end : token.end + 1] == ","


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
