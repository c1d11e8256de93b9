"""The figures of an article get their order: what a digest shows first."""

from collections.abc import Sequence

from digests.facts.figures.reading import Draft
from digests.model import Article, FigureKind

_KINDS = {
    FigureKind.MONEY: 1.0,
    FigureKind.PERCENT: 0.6,
    FigureKind.COUNT: 0.8,
    FigureKind.MEASURE: 0.4,
    FigureKind.DURATION: 0.1,
    FigureKind.RATIO: 0.5,
    FigureKind.AGE: -1.0,
    FigureKind.OTHER: -0.8,
}


def ranks(article: Article, drafts: Sequence[Draft]) -> list[int | None]:
    """Return the rank of each draft, 1 the first; None for what is never key."""
    scored = sorted(range(len(drafts)), key=lambda at: (-_score(article, drafts[at]), at))
    order: list[int | None] = [None] * len(drafts)
    rank = 0
    for at in scored:
        if _may_be_key(drafts[at]):
            rank += 1
            order[at] = rank
    return order


def _score(article: Article, draft: Draft) -> float:
    place = draft.sentence.starts[draft.first] / max(len(article.text), 1)
    return _KINDS[draft.kind] - 3.0 * place


def _may_be_key(draft: Draft) -> bool:
    return draft.kind is not FigureKind.AGE and not (draft.value == 1 and draft.kind is FigureKind.COUNT)
