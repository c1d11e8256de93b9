"""A figure becomes the words of its sentence that tell it, where its concept alone would read oddly.

"$640 million — Lumenal has raised" is told by "Lumenal has raised $640 million", "17 people — died" by
"17 people died": where the concept leads up to the number or goes on behind it, the article's own words are
better than ours. Where neither is so, a short sentence tells it whole.
"""

import re
from collections.abc import Iterator

from digests.model import Article, Figure, Modifier, Span

_HEDGE = re.compile(
    r"(?i)\b(?:(?:about|around|almost|nearly|approximately|roughly|some|perhaps|over|under|just|only|up to"
    r"|as (?:many|much) as|(?:more|less|fewer) than|at (?:least|most)|an estimated|a reported)\s+)+$"
)
# What may stand between a number and what is said of it.
_GAP = re.compile(r"\s+(?:(?:of|in|on|at|the|an?|is|are|was|were|be|been|has|have|had|will)\s+){0,3}")
_ASIDE = re.compile(r",[^.!?;:]*,\s+")  # "Lumenal, a start-up from Kelmouth, has raised"
# What turns a sentence into its contrary, or into what may be: a piece of it would be untrue.
_DOUBT = re.compile(
    r"(?i)\b(?:not|never|no|nor|neither|den(?:y|ied|ies)|false|wrong|if|unless|whether|could|would|may|might)\b"
    r"|n['’]t\b"
)
_HANGS = re.compile(
    r"^[\W_]*(?:He|She|It|They|This|That|These|Those|But|And|So|His|Her|Their|Its|There|Of)\b"
)
_LED_UP = 300  # characters before a number in which its concept is looked for
_SHORT = 13  # words of a sentence that is told whole
_SPACES = r"\s+"


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


def _said_behind(words: list[str], number: Span, sentence: Span, text: str) -> Iterator[tuple[Span, ...]]:
    """Yield the number and what follows it: "17 people died", "40% of the port"."""
    behind = re.compile(_GAP.pattern + _pattern(words)).match(text, number.end, sentence.end)
    if behind:
        yield (Span(number.start, behind.end()),)


def _leading_up(words: list[str], number: Span, sentence: Span, text: str) -> Iterator[tuple[Span, ...]]:
    """Yield what leads up to the number, and the number; an aside within it is left out."""
    begin = max(sentence.start, number.start - _LED_UP)
    for count in range(len(words)):
        head, tail = words[:count], words[count:]
        aside = f"{_pattern(head)}(?P<aside>{_ASIDE.pattern})" if head else ""
        pattern = re.compile(rf"\b{aside}(?P<tail>{_pattern(tail)}\s+)$")
        found = pattern.search(text[begin : number.start])
        if found is None:
            continue
        last = Span(begin + found.start("tail"), number.end)
        yield (Span(begin + found.start(), begin + found.start("aside")), last) if head else (last,)


def _pattern(words: list[str]) -> str:
    return _SPACES.join(map(re.escape, words))


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
