"""The last gate: what stands in our quotation marks stands in the article, or it is not sent."""

from dataclasses import dataclass, replace

from digests.model import CitedFigure, CitedQuote, Digest, DigestStory
from digests.text import squeeze

_DAMAGE = "\N{REPLACEMENT CHARACTER}"  # bytes that were read in the wrong charset


@dataclass(frozen=True, slots=True)
class Verified:
    """A digest in which every passage is its article's own, and how many were taken out."""

    digest: Digest
    dropped: int


def verify(digest: Digest) -> Verified:
    """Return `digest` without quotes, figures and leads that their articles do not hold word for word."""
    stories = tuple(_clean(story) for story in digest.stories)
    dropped = sum(_passages(story) for story in digest.stories) - sum(map(_passages, stories))
    return Verified(replace(digest, stories=stories), dropped)


def holds_quote(cited: CitedQuote) -> bool:
    """Say whether the quote is its article's own words, white space aside."""
    quote, text = cited.quote, cited.article.text
    return squeeze(quote.span.of(text)) == squeeze(quote.text) != "" and _DAMAGE not in quote.text


def holds_figure(cited: CitedFigure) -> bool:
    """Say whether the figure's words stand where it says."""
    figure, text = cited.figure, cited.article.text
    return figure.span.of(text) == figure.surface != "" and _DAMAGE not in figure.surface


def _clean(story: DigestStory) -> DigestStory:
    return replace(
        story,
        lead=story.lead if _holds_lead(story) else None,
        quotes=tuple(filter(holds_quote, story.quotes)),
        figures=tuple(_clean_figure(cited) for cited in story.figures if holds_figure(cited)),
    )


def _clean_figure(cited: CitedFigure) -> CitedFigure:
    """Return a figure without those beside it that their articles do not hold."""
    return replace(
        cited,
        disagreeing=tuple(filter(holds_figure, cited.disagreeing)),
        history=tuple(filter(holds_figure, cited.history)),
    )


def _holds_lead(story: DigestStory) -> bool:
    if story.lead is None:
        return False
    lead = squeeze(story.lead)
    return _DAMAGE not in lead and any(lead in squeeze(article.text) for article in story.articles)


def _passages(story: DigestStory) -> int:
    beside = sum(len(cited.disagreeing) + len(cited.history) for cited in story.figures)
    return len(story.quotes) + len(story.figures) + beside + (story.lead is not None)
