"""An article's numbers become figures: value, unit, hedge, trend, what they measure, and who gave them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import compress, groupby, islice
from operator import itemgetter

from digests.facts.figures import lexicon
from digests.facts.figures.concepts import concepts
from digests.facts.figures.drafts import Draft
from digests.facts.figures.givers import Givers
from digests.facts.figures.kinds import COUNT
from digests.facts.figures.numbers import STARTERS
from digests.facts.figures.ranking import ranks
from digests.facts.figures.reading import drafts_of
from digests.facts.figures.tokens import LONGEST, Sentence
from digests.model import Article, Figure, Quote, Span
from digests.people import People
from digests.text import Words, paragraphs, sentences_in, words_of

_REMEMBERED = 50_000  # words
_MOST = 2_000  # figures of one article; a page that has more is a table, not news
_DIGIT = re.compile(r"[\d" + "".join(lexicon.FRACTION_SIGNS) + "]")
_WORD = re.compile("[a-z]+")
_NUMBER_WORDS = STARTERS - {"a", "an"} | frozenset(lexicon.MAGNITUDES) | frozenset(lexicon.PARTS) | {"dozen"}


def figures_of(
    article: Article, people: People, quotes: Sequence[Quote], *, language: str = "en"
) -> tuple[Figure, ...]:
    """Return the figures of `article` in the order of its text; none in a language other than English."""
    if language != "en":
        return ()
    drafts = _outside_names(list(islice(drafts_in(article.text, people.words), _MOST)), people)
    _name_again([draft for _, draft in drafts])
    givers = Givers(people, quotes)
    order = ranks(article, [draft for _, draft in drafts])
    return tuple(
        _figure(article.text, span, draft, concept=concept, speaker=givers.of(draft), rank=rank)
        for (span, draft), concept, rank in zip(drafts, _concepts(drafts), order, strict=True)
    )


def _outside_names(drafts: list[tuple[Span, Draft]], people: People) -> list[tuple[Span, Draft]]:
    """Leave out numbers by which somebody is named: "rap star 50 Dimes"."""
    names = [span for person in people.persons if person.name[:1].isdigit() for span in person.mentions]
    return [
        (sentence, draft)
        for sentence, draft in drafts
        if not any(name.start < draft.span.end and draft.span.start < name.end for name in names)
    ]


def drafts_in(text: str, words: Words | None = None) -> Iterator[tuple[Span, Draft]]:
    """Yield the figures of `text` in the making, each with its sentence; `words` are its words, if known."""
    for span in _pieces(text, words if words and words.texts else words_of(text)):
        for draft in drafts_of(Sentence(text, span.start, span.end)):
            yield span, draft


def _pieces(text: str, words: Words) -> Iterator[Span]:
    """Yield the sentences of `text` that hold a digit or a number word; most do not.

    What is too long for a sentence comes in pieces, so that time stays linear.
    """
    telling = list(compress(words.starts, map(_HINTS.__getitem__, words.lower)))
    for paragraph in paragraphs(text):
        if _is_among(telling, paragraph):
            for span in sentences_in(text, paragraph):
                if _is_among(telling, span):
                    yield from _cut(text, span) if span.end - span.start > LONGEST else (span,)


def _is_among(telling: Sequence[int], span: Span) -> bool:
    """Say whether one of the places `telling` lies in `span`."""
    at = bisect_left(telling, span.start)
    return at < len(telling) and telling[at] < span.end


def _cut(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    while span.end - start > LONGEST:
        end = text.rfind(" ", start + 1, start + LONGEST)
        end = end if end > start else start + LONGEST
        yield Span(start, end)
        start = end
    yield Span(start, span.end)


class _Hints(dict[str, bool]):
    """Says of each word met so far whether a sentence that holds it may hold a figure."""

    def __missing__(self, low: str) -> bool:
        telling = bool(_DIGIT.search(low)) or not _NUMBER_WORDS.isdisjoint(_WORD.findall(low))
        if len(self) < _REMEMBERED:
            self[low] = telling
        return telling


_HINTS = _Hints()


def _name_again(drafts: Sequence[Draft]) -> None:
    """Give "the 529" the noun that the same number counted before in the article."""
    nouns: dict[Decimal, str] = {}
    for draft in drafts:
        if draft.kind is COUNT and draft.unit is not None and draft.value >= _TELLING:
            nouns.setdefault(draft.value, draft.unit)
        elif draft.unit is None and not draft.attributive and draft.value in nouns:
            draft.unit, draft.kind = nouns[draft.value], COUNT


_TELLING = 10  # smaller numbers count too many things to be known again


def _concepts(drafts: Sequence[tuple[Span, Draft]]) -> Iterator[str | None]:
    for _, group in groupby(drafts, key=itemgetter(0)):
        yield from concepts([draft for _, draft in group])


def _figure(
    text: str, sentence: Span, draft: Draft, *, concept: str | None, speaker: str | None, rank: int | None
) -> Figure:
    span = draft.span
    ends = [draft.value] if draft.high is None else sorted((draft.value, draft.high))
    return Figure(
        span,
        span.of(text),
        ends[0],
        ends[1] if len(ends) > 1 else None,
        draft.unit,
        draft.kind,
        draft.modifier,
        draft.trend,
        concept,
        speaker,
        sentence,
        rank,
    )
