"""A digest becomes a message: a heading, and for each story its headline, lead, quotes and figures."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, tzinfo

from bot import wording
from bot.figures import figure_text, number_text
from bot.fragments import sentence_url
from bot.message import Button, Mark, Message, Paragraph, Run
from digests.model import (
    Article,
    CitedFigure,
    CitedQuote,
    Digest,
    DigestStory,
    Excerpt,
    Figure,
    Span,
    SpeakerKind,
)
from digests.text import squeeze

QUOTES = 2  # of a story
OTHERS = 4  # outlets named in the small print
_SPACES = re.compile(r"\s+")


def digest_message(
    digest: Digest,
    *,
    locale: str = "en",
    zone: tzinfo = UTC,
    late: bool = False,
    nothing: str | None = None,
    notes: Sequence[str] = (),
    buttons: Sequence[Sequence[Button]] = (),
) -> Message:
    """Return how a digest that has passed `digests.verify` reads; its date is the one of `zone`.

    `nothing` is what it says without a story, `notes` what stands below, about the sources.
    """
    rows = tuple(map(tuple, buttons))
    small = [Paragraph((Run(note),), Mark.NOTE, starts_block=not at) for at, note in enumerate(notes)]
    if not digest.stories:
        quiet = Paragraph((Run(nothing or wording.nothing_new(locale=locale)),))
        return Message((quiet, *_excuse(locale=locale, late=late), *small), rows, digest=True)
    paragraphs = [*_top(digest, locale=locale, zone=zone, late=late)]
    for story in digest.stories:
        paragraphs += _story(story, locale=locale, zone=zone)
    if digest.more:
        more = Run(wording.more(digest.more, locale=locale))
        paragraphs.append(Paragraph((more,), Mark.NOTE, starts_block=True))
    return Message((*paragraphs, *small), rows, digest=True)


def _top(digest: Digest, *, locale: str, zone: tzinfo, late: bool) -> Iterable[Paragraph]:
    yield Paragraph((Run(wording.day(digest.until.astimezone(zone), locale=locale)),), Mark.HEADING)
    yield from _excuse(locale=locale, late=late)


def _excuse(*, locale: str, late: bool) -> Iterable[Paragraph]:
    if late:
        yield Paragraph((Run(wording.late(locale=locale)),), Mark.NOTE)


def _story(story: DigestStory, *, locale: str, zone: tzinfo) -> Iterable[Paragraph]:
    outlet = (Run(f" · {squeeze(story.outlet)}"),) if story.outlet else ()
    headline = Run(squeeze(story.headline), bold=True, href=story.url)
    update = (Run(wording.update(locale=locale)),) if story.is_update else ()
    yield Paragraph((*update, headline, *outlet), starts_block=True)
    if story.lead:
        yield Paragraph((Run(squeeze(story.lead)),))
    for quote in story.quotes[:QUOTES]:
        yield from _quote(quote, locale=locale)
    for figure in story.figures:
        yield _figure(figure, locale=locale, zone=zone)
    yield from _others(story, locale=locale)


def _quote(cited: CitedQuote, *, locale: str) -> Iterable[Paragraph]:
    """Yield the words, those of each paragraph of the article in their own marks, and who spoke."""
    *before, last = (Run(_in_marks(excerpt, cited.article, locale=locale)) for excerpt in cited.shown)
    for words in before:
        yield Paragraph((words,), Mark.QUOTE)
    yield Paragraph((last, Run("\n— "), _attribution(cited, locale=locale)), Mark.QUOTE)


def _attribution(cited: CitedQuote, *, locale: str) -> Run:
    quote, article = cited.quote, cited.article
    who = squeeze(quote.speaker or "") or wording.unnamed_source(locale=locale)
    role = squeeze(quote.role or "") if quote.speaker_kind is not SpeakerKind.ROLE else ""
    said = f"{who}, {role}" if role and role.casefold() not in who.casefold() else who
    outlet = f" · {squeeze(article.outlet)}" if article.outlet else ""
    if len(cited.outlets) > 1:
        outlet += f" · {wording.in_outlets(len(cited.outlets), locale=locale)}"
    if cited.cut_differently:
        outlet += f" · {wording.cut_differently(locale=locale)}"
    return Run(said + outlet, href=_sentence_url(article, quote.span))


def _in_marks(excerpt: Excerpt, article: Article, *, locale: str) -> str:
    pieces = f" {wording.CUT} ".join(squeeze(piece.of(article.text)) for piece in excerpt.pieces)
    return wording.quoted(f"{pieces} {wording.CUT}" if excerpt.goes_on else pieces, locale=locale)


def _figure(cited: CitedFigure, *, locale: str, zone: tzinfo) -> Paragraph:
    """Return one line: the figure, what others give instead, what it measures, who gave it, what it was."""
    figure = cited.figure
    runs = _in_its_words(cited) if cited.told else _in_ours(cited, locale=locale)
    if figure.speaker and not any(squeeze(figure.speaker) in run.text for run in runs):
        runs.append(Run(f" ({squeeze(figure.speaker)})"))
    if len(cited.outlets) > 1 and not (cited.disagreeing or cited.history):
        runs.append(Run(f" · {wording.in_outlets(len(cited.outlets), locale=locale)}"))
    if cited.history:
        was = ", ".join(_figure_then(older, figure, locale=locale, zone=zone) for older in cited.history)
        runs.append(Run(f" · {wording.before(was, locale=locale)}"))
    return Paragraph(tuple(runs), Mark.ITEM)


def _in_its_words(cited: CitedFigure) -> list[Run]:
    """Return the words of the article that tell the figure."""
    text, span = cited.article.text, cited.figure.span
    runs: list[Run] = []
    for piece in cited.told:
        gap = " " if runs else ""
        if piece.start <= span.start and span.end <= piece.end:
            before, behind = text[piece.start : span.start], text[span.end : piece.end]
            number = _linked(squeeze(cited.figure.surface), cited)
            runs += [Run(gap + _SPACES.sub(" ", before)), number, Run(_SPACES.sub(" ", behind))]
        else:
            runs.append(Run(gap + squeeze(piece.of(text))))
    return [run for run in runs if run.text]


def _in_ours(cited: CitedFigure, *, locale: str) -> list[Run]:
    """Return the figure, what others give instead, and what it measures."""
    figure, others = cited.figure, (*cited.disagreeing, *cited.history)
    words = figure_text(figure, locale=locale)
    if others and not any(map(str.isdigit, words)):
        words = number_text(figure, locale=locale)  # beside digits a number in words reads as another kind
    runs = [_linked(words, cited)]
    if others:
        runs.append(Run(f" ({_outlets(cited)})"))
        for other in cited.disagreeing:
            words = _beside(other.figure, figure, locale=locale)
            runs += [Run(", "), _linked(words, other), Run(f" ({_outlets(other)})")]
    if figure.concept:
        runs.append(Run(f" — {squeeze(figure.concept)}"))
    return runs


def _linked(words: str, cited: CitedFigure) -> Run:
    return Run(words, bold=True, href=_sentence_url(cited.article, cited.figure.span))


def _sentence_url(article: Article, span: Span) -> str:
    return sentence_url(article.url, article.text, span, title=article.title)


def _outlets(cited: CitedFigure) -> str:
    return squeeze(", ".join(cited.outlets or (cited.article.outlet,)))


def _beside(other: Figure, figure: Figure, *, locale: str) -> str:
    """Return how a figure reads that gives `figure` otherwise: what is counted need not be said again."""
    same = other.unit == figure.unit or None in (other.unit, figure.unit)
    return (number_text if same else figure_text)(other, locale=locale)


def _figure_then(cited: CitedFigure, figure: Figure, *, locale: str, zone: tzinfo) -> str:
    words = _beside(cited.figure, figure, locale=locale)
    if cited.article.published is None:
        return words
    return f"{words} ({wording.weekday(cited.article.published.astimezone(zone), locale=locale)})"


def _others(story: DigestStory, *, locale: str) -> Iterable[Paragraph]:
    """Yield one line of the other outlets that tell the story, each linked to its article."""
    first: dict[str, str] = {}
    for article in story.articles:
        first.setdefault(article.outlet, article.url)
    links = [(outlet, url) for outlet, url in first.items() if outlet not in ("", story.outlet)]
    if not links:
        return
    runs = [Run(wording.also_in(locale=locale))]
    for number, (outlet, url) in enumerate(links[:OTHERS]):
        runs += [Run(", ")] if number else []
        runs.append(Run(squeeze(outlet), href=url))
    if len(links) > OTHERS:
        runs.append(Run(f" +{len(links) - OTHERS}"))
    yield Paragraph(tuple(runs), Mark.NOTE)
