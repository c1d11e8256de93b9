"""What is told of the stories of a digest becomes so little that it is read in the time that a reader has."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from digests.model import CitedFigure, CitedQuote, DigestStory

IN_FULL = 8  # stories of a digest; the others are headlines only
_WORDS = {5: 250, 10: 450}  # of a digest of at most so many stories; 450 are read in two minutes
_MOST_WORDS = 600  # of a longer one
_OTHERS = 4  # outlets that are named below


def fitted(stories: Sequence[DigestStory], *, most: int) -> tuple[DigestStory, ...]:
    """Return the stories with so much left out, from the last upwards, that all is read in time.

    Behind the first eight only headlines stand. Then, as long as there are too many words, go third
    figures, second quotes, leads of stories that quote someone, second figures, and the leads that are left.
    """
    left = [*stories[:IN_FULL], *map(_headline_only, stories[IN_FULL:])]
    room = words_for(most)
    words = sum(map(words_of_story, left))
    for less in _STEPS:
        for place in reversed(range(len(left))):
            if words <= room:
                return tuple(left)
            shorter = less(left[place])
            words += words_of_story(shorter) - words_of_story(left[place])
            left[place] = shorter
    return tuple(left)


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


def _no_lead_beside_a_quote(story: DigestStory) -> DigestStory:
    return replace(story, lead=None) if story.quotes else story


def _no_lead(story: DigestStory) -> DigestStory:
    return replace(story, lead=None)


_STEPS = (_figures(2), _one_quote, _no_lead_beside_a_quote, _figures(1), _no_lead)


def _quote_words(cited: CitedQuote) -> int:
    said = [piece.of(cited.article.text) for excerpt in cited.shown for piece in excerpt.pieces]
    by = f"{cited.quote.speaker or ''} {cited.quote.role or ''} {cited.article.outlet}"
    return len(" ".join([*said, by]).split()) + 3 * (len(cited.outlets) > 1) + 4 * cited.cut_differently


def _figure_words(cited: CitedFigure) -> int:
    figure = cited.figure
    beside = sum(2 + len(" ".join(one.outlets).split()) for one in (*cited.disagreeing, *cited.history))
    by = f"{figure.surface} {figure.concept or ''} {figure.speaker or ''}"
    return len(by.split()) + beside + 3 * (len(cited.outlets) > 1)
