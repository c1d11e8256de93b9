"""What is told of the stories of a digest becomes so little that it is read in the time that a reader has."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from digests.compose.excerpts import opening
from digests.model import CitedFigure, CitedQuote, DigestStory

IN_FULL = 8  # stories of a digest; the others are headlines only
_WORDS = {5: 250, 10: 450}  # of a digest of at most so many stories; 450 are read in two minutes
_MOST_WORDS = 600  # of a longer one
_FRAME = 20  # of them, for its date and what is said below the stories
_OTHERS = 4  # outlets that are named below


def fitted(stories: Sequence[DigestStory], *, most: int) -> tuple[DigestStory, ...]:
    """Return the stories with so much left out that all is read in time; headlines stay.

    Behind the first eight only headlines stand. The first stories keep most: see `_STEPS`, each of which goes
    from the last story upwards, until few enough words are left. What then finds room again is put back.
    """
    room = words_for(most) - _FRAME
    full = [*stories[:IN_FULL], *map(_headline_only, stories[IN_FULL:])]
    return tuple(_filled(_shortened(full, room=room), full, room=room))


def _shortened(stories: Sequence[DigestStory], *, room: int) -> list[DigestStory]:
    left = list(stories)
    words = sum(map(words_of_story, left))
    for less, first in _STEPS:
        for place in reversed(range(first, len(left))):
            if words <= room:
                return left
            shorter = less(left[place])
            words += words_of_story(shorter) - words_of_story(left[place])
            left[place] = shorter
    return left


def _filled(left: list[DigestStory], full: Sequence[DigestStory], *, room: int) -> list[DigestStory]:
    """Put back, from the first story downwards, what a step left out and there is room for after all."""
    words = sum(map(words_of_story, left))
    for more in _PUT_BACK:
        for place, whole in enumerate(full):
            longer = more(left[place], whole)
            grown = words_of_story(longer) - words_of_story(left[place])
            if grown and words + grown <= room:
                left[place], words = longer, words + grown
    return left


def words_for(most: int) -> int:
    """Return how many words a digest of `most` stories may have."""
    return next((words for stories, words in _WORDS.items() if most <= stories), _MOST_WORDS)


def words_of_story(story: DigestStory) -> int:
    """Return about how many words a reader sees of it, names of outlets and speakers included."""
    others = {article.outlet for article in story.articles} - {story.outlet, ""}
    named = sum(len(outlet.split()) for outlet in sorted(others)[:_OTHERS]) + 2 * bool(others)
    told = len(story.headline.split()) + len(story.outlet.split()) + len((story.lead or "").split())
    return told + named + sum(map(_quote_words, story.quotes)) + sum(map(_figure_words, story.figures))


def _headline_only(story: DigestStory) -> DigestStory:
    return story if story.is_update else replace(story, lead=None, quotes=(), figures=())


def _figures(most: int) -> Callable[[DigestStory], DigestStory]:
    return lambda story: replace(story, figures=story.figures[:most])


def _one_quote(story: DigestStory) -> DigestStory:
    return replace(story, quotes=story.quotes[:1])


def _opening_of_a_quote(story: DigestStory) -> DigestStory:
    return replace(story, quotes=tuple(map(opening, story.quotes)))


def _no_lead_beside_a_quote(story: DigestStory) -> DigestStory:
    return replace(story, lead=None) if story.quotes else story


def _no_quote_beside_a_figure(story: DigestStory) -> DigestStory:
    return replace(story, quotes=()) if story.figures else story


def _no_quote(story: DigestStory) -> DigestStory:
    return replace(story, quotes=())


def _no_lead(story: DigestStory) -> DigestStory:
    return replace(story, lead=None)


# What is left out, and from which place on. Quotes are cut to their opening before a sentence that says what
# happened goes; two stories keep one, and six keep somebody's words, before the first ones lose anything.
_STEPS: tuple[tuple[Callable[[DigestStory], DigestStory], int], ...] = (
    (_figures(2), 0),
    (_one_quote, 0),
    (_opening_of_a_quote, 0),
    (_no_lead_beside_a_quote, 2),
    (_figures(1), 2),
    (_no_quote_beside_a_figure, 6),
    (_no_lead, 6),
    (_no_lead_beside_a_quote, 1),
    (_no_quote_beside_a_figure, 4),
    (_no_lead_beside_a_quote, 0),
    (_no_quote, 1),
    (_no_lead, 1),
)


_PUT_BACK: tuple[Callable[[DigestStory, DigestStory], DigestStory], ...] = (
    lambda left, full: left if left.quotes else replace(left, quotes=tuple(map(opening, full.quotes[:1]))),
    lambda left, full: replace(left, lead=full.lead),
    lambda left, full: replace(left, figures=full.figures[: max(2, len(left.figures))]),
    lambda left, full: replace(left, quotes=full.quotes[: len(left.quotes)]),
)


def _quote_words(cited: CitedQuote) -> int:
    said = [piece.of(cited.article.text) for excerpt in cited.shown for piece in excerpt.pieces]
    by = f"{cited.quote.speaker or ''} {cited.quote.role or ''} {cited.article.outlet}"
    return len(" ".join([*said, by]).split()) + 3 * (len(cited.outlets) > 1) + 2 * cited.cut_differently


def _figure_words(cited: CitedFigure) -> int:
    figure = cited.figure
    others = (*cited.disagreeing, *cited.history)
    named = (cited, *others) if others else ()  # each with its outlets
    beside = sum(2 + len(" ".join(one.outlets).split()) for one in named)
    told = [piece.of(cited.article.text) for piece in cited.told] or [figure.surface, figure.concept or ""]
    by = " ".join([*told, figure.speaker or ""])
    return len(by.split()) + beside + 3 * (len(cited.outlets) > 1)
