"""The last gate: what stands in our quotation marks stands in the article, or it is not sent.

It trusts nothing that the steps before it claim: every piece of a quote must be the article's own words
inside the marks of that speech; it may end early at the end of a sentence only; what is left out is marked.
Who spoke must be named so in an article of the story.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from digests.model import CitedFigure, CitedQuote, Digest, DigestStory, Quote, Span
from digests.text import sentences, squeeze

_MARKS_ALONE = re.compile(r"[\s\"“”„«»‘’']*")
_ENDS = re.compile(r"[\s,]*")  # left out at the end of a piece, silently
_DAMAGE = "\N{REPLACEMENT CHARACTER}"  # bytes that were read in the wrong charset


@dataclass(frozen=True, slots=True)
class Verified:
    """A digest in which every passage is its article's own, and how many were taken out."""

    digest: Digest
    dropped: int


def verify(digest: Digest) -> Verified:
    """Return `digest` without quotes, figures, leads and speakers that no article of theirs holds so."""
    stories = tuple(_clean(story) for story in digest.stories)
    dropped = sum(_passages(story) for story in digest.stories) - sum(map(_passages, stories))
    return Verified(replace(digest, stories=stories), dropped)


def holds_quote(cited: CitedQuote) -> bool:
    """Say whether the quote and all that is shown of its speech are the article's own words."""
    return _holds_words(cited.quote, cited.article.text) and _holds_excerpts(cited)


def holds_figure(cited: CitedFigure) -> bool:
    """Say whether the figure's words stand where it says."""
    figure, text = cited.figure, cited.article.text
    return figure.span.of(text) == figure.surface != "" and _DAMAGE not in figure.surface


def _clean(story: DigestStory) -> DigestStory:
    return replace(
        story,
        lead=story.lead if _holds_lead(story) else None,
        quotes=tuple(cited for cited in story.quotes if holds_quote(cited) and _is_named(cited, story)),
        figures=tuple(_clean_figure(cited) for cited in story.figures if holds_figure(cited)),
    )


def _is_named(cited: CitedQuote, story: DigestStory) -> bool:
    """Say whether who is said to have spoken is named like that in an article of the story."""
    if cited.quote.speaker is None:
        return True
    name = squeeze(cited.quote.speaker)
    return any(name in squeeze(article.text) for article in (cited.article, *story.articles))


def _clean_figure(cited: CitedFigure) -> CitedFigure:
    """Return a figure without those beside it, and the words around it, that their articles do not hold."""
    return replace(
        cited,
        told=cited.told if _holds_told(cited) else (),
        disagreeing=tuple(filter(holds_figure, cited.disagreeing)),
        history=tuple(filter(holds_figure, cited.history)),
    )


def _holds_told(cited: CitedFigure) -> bool:
    """Say whether the pieces follow one another in the article, and one of them holds the figure."""
    text, span = cited.article.text, cited.figure.span
    ends = [0, *(piece.end for piece in cited.told)]
    follow = all(end <= piece.start < piece.end for end, piece in zip(ends, cited.told, strict=False))
    is_held = any(piece.start <= span.start and span.end <= piece.end for piece in cited.told)
    return follow and is_held and ends[-1] <= len(text)


def _holds_words(quote: Quote, text: str) -> bool:
    """Say whether the words stand where they are said to, white space aside."""
    return squeeze(quote.span.of(text)) == squeeze(quote.text) != "" and _DAMAGE not in quote.text


def _holds_excerpts(cited: CitedQuote) -> bool:
    """Say whether the pieces follow one another in the speech, and all that is left out between is marked."""
    text, speech = cited.article.text, _speech(cited)
    before: Span | None = None
    for excerpt in cited.shown:
        part: Span | None = None
        for place, piece in enumerate(excerpt.pieces):
            part = next(
                (part for part in speech if part.start <= piece.start and piece.end <= part.end), None
            )
            if part is None or not _is_whole(piece, part, text):
                return False
            if place == 0 and not _is_next(piece, before, cited):
                return False
            before = piece
        if before is None or part is None:
            return False
        if not excerpt.goes_on and not _ENDS.fullmatch(text, before.end, part.end):
            return False
    return True


def _speech(cited: CitedQuote) -> Iterator[Span]:
    """Yield where the article has the quote and, one after the other, the later parts of the same speech."""
    yield cited.quote.span
    end = cited.quote.span.end
    later = (quote for quote in cited.article.quotes if quote.span.start >= end)
    for quote in later:
        if not quote.continues or quote.span.start < end or not _holds_words(quote, cited.article.text):
            return
        yield quote.span
        end = quote.span.end


def _is_whole(piece: Span, part: Span, text: str) -> bool:
    """Say whether a piece begins where the part does, and ends with it or with one of its sentences."""
    if piece.start >= piece.end or squeeze(text[part.start : piece.start]):
        return False
    if _ENDS.fullmatch(text, piece.end, part.end):
        return True
    return piece.end - part.start in (sentence.end for sentence in sentences(part.of(text)))


def _is_next(piece: Span, before: Span | None, cited: CitedQuote) -> bool:
    """Say whether an excerpt begins with the quote, or where the one before it ended, but for the marks."""
    if before is None:
        return cited.quote.span.start <= piece.start < cited.quote.span.end
    return bool(_MARKS_ALONE.fullmatch(cited.article.text, before.end, piece.start))


def _holds_lead(story: DigestStory) -> bool:
    if story.lead is None:
        return False
    lead = squeeze(story.lead)
    return _DAMAGE not in lead and any(lead in squeeze(article.text) for article in story.articles)


def _passages(story: DigestStory) -> int:
    beside = sum(len(cited.disagreeing) + len(cited.history) for cited in story.figures)
    return len(story.quotes) + len(story.figures) + beside + (story.lead is not None)
