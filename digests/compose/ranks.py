"""Facts of several articles in one order: all first ones, then all second ones."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from digests.model import Article, Fact, Figure, Quote

F = TypeVar("F", Quote, Figure)


def by_rank(
    articles: Sequence[Article], facts_of: Callable[[Sequence[Fact]], tuple[F, ...]]
) -> Iterator[tuple[F, Article]]:
    """Yield all first facts, then all second ones, each with its article."""
    ranked = [facts_of(article.facts) for article in articles]
    for place in range(max(map(len, ranked), default=0)):
        for facts, article in zip(ranked, articles, strict=True):
            if place < len(facts):
                yield facts[place], article
