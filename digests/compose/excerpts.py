"""A speech becomes what is shown of it: whole sentences while there is room, what is left out marked."""

import re
from dataclasses import replace

from digests.model import Article, CitedQuote, Excerpt, Quote, Span
from digests.text import sentences, squeeze

LONG = 240  # characters of one speaker's words; longer ones are cut at the end of a sentence
_ENOUGH = 5  # words that say something
_STOPS = ".!?…"
_MARKS_ALONE = re.compile(r"[\s\"“”„«»‘’']*")


def excerpts_of(quote: Quote, article: Article) -> tuple[Excerpt, ...]:
    """Return what is shown of the speech that `quote` begins, one excerpt for each paragraph of it.

    The first sentence is shown whatever its length. Between two parts of a split quote words of the reporter
    are left out, and so are the sentences that find no room: both are marked.
    """
    excerpts: list[Excerpt] = []
    room, before = LONG, None
    for part in _speech(quote, article):
        piece = _fitting(part, article.text, room=room, at_least_one=before is None)
        if piece is None:
            excerpts[-1] = Excerpt(excerpts[-1].pieces, goes_on=True)
            break
        if before is not None and not _MARKS_ALONE.fullmatch(article.text, before.end, piece.start):
            excerpts[-1] = Excerpt((*excerpts[-1].pieces, piece))
        else:
            excerpts.append(Excerpt((piece,)))
        if squeeze(article.text[piece.end : part.end]):
            excerpts[-1] = Excerpt(excerpts[-1].pieces, goes_on=True)
            break
        room, before = room - (piece.end - piece.start), piece
    last = len(excerpts) - 1
    return tuple(
        _without_commas(excerpt, article.text, at_end=place == last) for place, excerpt in enumerate(excerpts)
    )


def opening(cited: CitedQuote) -> CitedQuote:
    """Return a quote of which the first sentences are shown alone, where they say something so."""
    first = cited.shown[0].pieces[0]
    words = first.of(cited.article.text)
    ends = (sentence.end for sentence in sentences(words) if words[sentence.end - 1] in _STOPS)
    enough = next((end for end in ends if len(words[:end].split()) >= _ENOUGH), None)
    if enough is None or ((Excerpt((first,)),) == cited.shown and enough == len(words)):
        return cited
    return replace(cited, excerpts=(Excerpt((Span(first.start, first.start + enough),), goes_on=True),))


def _speech(quote: Quote, article: Article) -> list[Span]:
    """Return where the quote and the later parts of its speech stand, while they are the article's words."""
    quotes = article.quotes
    if quote not in quotes:
        return [quote.span] if _is_own(quote, article) else []
    parts: list[Span] = []
    for part in quotes[quotes.index(quote) :]:
        is_next = not parts or (part.continues and part.span.start >= parts[-1].end)
        if not is_next or not _is_own(part, article):
            break
        parts.append(part.span)
    return parts


def _is_own(quote: Quote, article: Article) -> bool:
    return squeeze(quote.span.of(article.text)) == squeeze(quote.text) != ""


def _fitting(part: Span, text: str, *, room: int, at_least_one: bool) -> Span | None:
    """Return as many whole sentences of a part as find room."""
    ends = [part.start + sentence.end for sentence in sentences(part.of(text))]
    start = part.start + len(part.of(text)) - len(part.of(text).lstrip())
    fitting = [end for end in ends if end - start <= room] or (ends[:1] if at_least_one else [])
    return Span(start, fitting[-1]) if fitting else None


def _without_commas(excerpt: Excerpt, text: str, *, at_end: bool) -> Excerpt:
    """Return an excerpt without the comma before "he said", between two pieces or `at_end`."""
    *others, last = excerpt.pieces
    pieces = (*(_trimmed(piece, text) for piece in others), _trimmed(last, text) if at_end else last)
    return Excerpt(pieces, excerpt.goes_on)


def _trimmed(piece: Span, text: str) -> Span:
    words = piece.of(text)
    kept = words.rstrip(", ") if words.endswith(",") else words
    return Span(piece.start, piece.start + len(kept)) if kept else piece
