"""Stories become a digest: which, in what order, how many, and what each says."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from digests.model import (
    Article,
    CitedFigure,
    CitedQuote,
    Digest,
    DigestStory,
    Fact,
    Figure,
    Quote,
    Span,
    Story,
    figures_of,
    quotes_of,
)
from digests.text import fold, sentences, squeeze

STORIES = 10  # of a digest; read in two minutes
QUOTES = 2  # of a story
FIGURES = 3
_SHORT_TITLE = 20  # characters; shorter ones rarely say what happened
_LONG_TITLE = 110
_SHORT_LEAD = 40
_LONG_LEAD = 300

F = TypeVar("F", Quote, Figure)


def compose(stories: Sequence[Story], *, since: datetime, until: datetime, most: int = STORIES) -> Digest:
    """Return a digest of the `most` important of `stories`, in order of importance."""
    ordered = sorted(stories, key=_importance, reverse=True)
    shown = tuple(told(story) for story in ordered[:most])
    return Digest(stories=shown, since=since, until=until, more=max(0, len(ordered) - most))


def told(story: Story) -> DigestStory:
    """Return what a digest says of `story`."""
    head = _headline_article(story)
    rest = (article for article in story.articles if article is not head)
    articles = (head, *rest)
    quotes = _quotes(articles)
    return DigestStory(
        story_id=story.id,
        headline=squeeze(head.title),
        outlet=head.outlet,
        url=head.url,
        lead=_lead(head, quotes),
        quotes=quotes,
        figures=_figures(articles),
        articles=articles,
    )


def _importance(story: Story) -> tuple[int, int, float]:
    """Return what orders stories: told by many outlets, rich in facts, recent."""
    outlets = len({article.outlet for article in story.articles})
    facts = min(6, sum(len(quotes_of(a.facts)) + len(figures_of(a.facts)) for a in story.articles))
    newest = max((a.published.timestamp() for a in story.articles if a.published), default=0.0)
    return outlets, facts, newest


def _headline_article(story: Story) -> Article:
    """Return the article whose title says most clearly what happened: middling long, and rich."""
    return max(story.articles, key=lambda a: (_is_clear(a.title), len(quotes_of(a.facts)), len(a.text)))


def _is_clear(title: str) -> bool:
    return _SHORT_TITLE <= len(title) <= _LONG_TITLE and not title.rstrip().endswith("?")


def _lead(article: Article, quotes: Sequence[CitedQuote]) -> str | None:
    """Return the first sentence that is neither a scrap nor what a quote says anyway."""
    shown = [cited.quote.span for cited in quotes if cited.article is article]
    for span in sentences(article.text)[:4]:
        length = span.end - span.start
        told_anyway = any(span.start <= quote.start and quote.end <= span.end for quote in shown)
        cuts = any(_cuts(span, quote.span) for quote in article.quotes)
        if _SHORT_LEAD <= length <= _LONG_LEAD and not told_anyway and not cuts:
            return squeeze(span.of(article.text))
    return None


def _cuts(sentence: Span, quote: Span) -> bool:
    """Say whether the sentence holds a piece of somebody's words, which alone would seem the outlet's."""
    meets = sentence.start < quote.end and quote.start < sentence.end
    return meets and not (sentence.start <= quote.start and quote.end <= sentence.end)


def _quotes(articles: Sequence[Article]) -> tuple[CitedQuote, ...]:
    """Return the best quotes of all articles, each said once, of different speakers where there are."""
    best = [CitedQuote(quote, article) for quote, article in _by_rank(articles, quotes_of)]
    once: list[CitedQuote] = []
    for cited in best:
        if cited.quote.speaker and not any(_same_words(cited, other) for other in once):
            once.append(cited)
    firsts = _first_of_each(once)
    rest = [cited for cited in once if cited not in firsts]
    return tuple([*firsts, *rest][:QUOTES])


def _figures(articles: Sequence[Article]) -> tuple[CitedFigure, ...]:
    """Return the key figures of all articles, equal ones once with all their outlets."""
    merged: dict[tuple[object, ...], list[tuple[Figure, Article]]] = {}
    for figure, article in _by_rank(articles, figures_of):
        key = (figure.value, figure.value_max, figure.unit)
        merged.setdefault(key, []).append((figure, article))
    return tuple(
        CitedFigure(found[0][0], found[0][1], outlets=tuple(dict.fromkeys(a.outlet for _, a in found)))
        for found in list(merged.values())[:FIGURES]
    )


def _by_rank(
    articles: Sequence[Article], facts_of: Callable[[Sequence[Fact]], tuple[F, ...]]
) -> Iterable[tuple[F, Article]]:
    """Yield all first facts, then all second ones, each with its article."""
    ranked = [facts_of(article.facts) for article in articles]
    for place in range(max(map(len, ranked), default=0)):
        for facts, article in zip(ranked, articles, strict=True):
            if place < len(facts):
                yield facts[place], article


def _same_words(one: CitedQuote, other: CitedQuote) -> bool:
    """Say whether one quote holds the other, marks and white space aside."""
    a, b = _letters(one.quote), _letters(other.quote)
    return a in b or b in a


def _letters(quote: Quote) -> str:
    return "".join(char for char in fold(quote.text) if char.isalnum())


def _first_of_each(cited: Sequence[CitedQuote]) -> list[CitedQuote]:
    firsts: dict[str | None, CitedQuote] = {}
    for one in cited:
        firsts.setdefault(one.quote.speaker, one)
    return list(firsts.values())
