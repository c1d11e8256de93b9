"""The figures of a story's articles become the few that are shown: equal ones once, others side by side.

Figures of two articles that measure the same but do not agree are never shown as if each stood alone: either
the later article knows more (then the earlier figure is its history) or the outlets disagree; the newest
comes first. What cannot be told apart like that is left out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from digests.compose.measured import COUNTS, are_one, harm_of, may_be_one, may_seem_one
from digests.compose.plain import is_in, is_of_the_story, plain_figures, plainness
from digests.compose.theme import Theme, theme_of
from digests.model import Article, CitedFigure, Figure

FIGURES = 3  # of a story
Agree = Callable[[Figure, Figure], bool]  # do two amounts say the same, rounding aside?

_MOVED_AFTER = timedelta(hours=10)  # between articles; within it outlets disagree, after it things moved
_IN_TITLE = 3  # places that a figure in a title moves up
_TOLD = 2  # places for each other article that gives it
_TOLD_MOST = 2  # of them
_HUNDREDTHS = {"pp": Decimal(100), "bp": Decimal(1)}  # of a percentage point


@dataclass(slots=True)
class _Given:
    """An amount, as outlets give it, the best form first."""

    forms: list[tuple[Figure, Article]]
    others: list["_Given"] = field(default_factory=list)  # amounts of the same thing that do not agree

    @property
    def figure(self) -> Figure:
        return self.forms[0][0]

    def add(self, figure: Figure, article: Article, *, headline: str) -> None:
        """Add a form; the headline's own stands first, then the plainest."""
        self.forms.append((figure, article))
        self.forms.sort(key=lambda form: (is_in(headline, form[0]), plainness(form[0])), reverse=True)

    def all(self) -> list["_Given"]:
        return [self, *self.others]

    @property
    def newest(self) -> datetime | None:
        return max((article.published for _, article in self.forms if article.published), default=None)

    @property
    def articles(self) -> set[str]:
        return {article.url for _, article in self.forms}


def same_amount(one: Figure, other: Figure) -> bool:
    """Say whether two figures are the same number of the same unit."""
    return (one.value, one.value_max, one.unit) == (other.value, other.value_max, other.unit)


def best_figures(
    articles: Sequence[Article], *, agree: Agree = same_amount, theme: Theme | None = None
) -> tuple[CitedFigure, ...]:
    """Return the key figures of `articles`, best first, each with those that agree and those that do not.

    Best is what stands in a title, what several articles give, what each of them ranks first.
    """
    given: list[_Given] = []
    headline = articles[0].title if articles else ""
    for figure, article in plain_figures(articles):
        _add(figure, article, given, agree, headline=headline)
    titles = [article.title for article in articles]
    about = theme or theme_of(articles)
    heads = [head for head in _together(given) if _is_of_the_story(head, about, titles=titles)]
    placed = sorted(enumerate(heads), key=lambda pair: _place(*pair, titles=titles))
    shown: list[_Given] = []
    for _, head in placed:
        forms = [form.figure for before in shown for form in before.all()]
        if not any(_clash(one.figure, form, agree) for one in head.all() for form in forms):
            shown.append(head)
    return tuple(_cited(one) for one in shown[:FIGURES])


def _add(figure: Figure, article: Article, given: list[_Given], agree: Agree, *, headline: str) -> None:
    for one in given:
        if _same_harm(figure, one.figure) or (agree(figure, one.figure) and may_be_one(figure, one.figure)):
            one.add(figure, article, headline=headline)
            return
    given.append(_Given([(figure, article)]))


def _same_harm(one: Figure, other: Figure) -> bool:
    """Say whether both count the same number of dead, or of hurt: "18 people died", "a death toll of 18"."""
    same = (one.value, one.value_max, one.modifier) == (other.value, other.value_max, other.modifier)
    return same and harm_of(one) is not None and harm_of(one) == harm_of(other)


def _together(given: Sequence[_Given]) -> list[_Given]:
    """Return the amounts, those of the same thing that do not agree put together."""
    heads: list[_Given] = []
    for one in given:
        head = next((head for head in heads if _may_join(one, head)), None)
        if head is None:
            heads.append(one)
        else:
            head.others.append(one)
    return heads


def _may_join(one: _Given, head: _Given) -> bool:
    """Say whether an amount is at odds with the first of those put together, and of no article of theirs."""
    at_odds = are_one(head.figure, one.figure)
    return at_odds and not any(one.articles & other.articles for other in head.all())


def _is_of_the_story(given: _Given, theme: Theme, *, titles: Sequence[str]) -> bool:
    """Say whether a figure is about what the story is: several articles give it, a title, or its words do."""
    if len(given.articles) > 1 or given.others or any(is_in(title, given.figure) for title in titles):
        return True
    return harm_of(given.figure) is not None or is_of_the_story(given.figure, theme)


def _place(place: int, given: _Given, *, titles: Sequence[str]) -> int:
    told = len(set().union(*(one.articles for one in given.all()))) - 1
    in_title = any(is_in(title, given.figure) for title in titles)
    return place - _IN_TITLE * in_title - _TOLD * min(told, _TOLD_MOST)


def _clash(one: Figure, other: Figure, agree: Agree) -> bool:
    """Say whether two lines would seem to contradict each other, or to say one thing twice."""
    return may_seem_one(one, other) or _same_again(one, other, agree)


def _same_again(one: Figure, other: Figure, agree: Agree) -> bool:
    """Say whether a reader would take one for the other in other words: better say less."""
    if one.unit in _HUNDREDTHS and other.unit in _HUNDREDTHS:
        return one.value * _HUNDREDTHS[one.unit] == other.value * _HUNDREDTHS[other.unit]
    if (one.value, one.value_max) != (other.value, other.value_max):
        return agree(one, other)
    counts = one.kind in COUNTS and other.kind in COUNTS
    return counts or one.unit is None or other.unit is None or agree(one, other)


def _cited(given: _Given) -> CitedFigure:
    """Return the newest amount, with the older ones as its history and those as new as it beside it."""
    all_given = given.all()
    newest = max((one.newest for one in all_given if one.newest), default=None)
    current = [one for one in all_given if not _is_older(one, newest)]
    current.sort(key=_published, reverse=True)
    shown, *disagreeing = current
    history = sorted((one for one in all_given if one not in current), key=_published)
    return CitedFigure(
        *shown.forms[0],
        outlets=_outlets(shown),
        disagreeing=tuple(CitedFigure(*one.forms[0], outlets=_outlets(one)) for one in disagreeing),
        history=tuple(CitedFigure(*one.forms[0], outlets=_outlets(one)) for one in history),
    )


def _is_older(given: _Given, newest: datetime | None) -> bool:
    return newest is not None and given.newest is not None and newest - given.newest >= _MOVED_AFTER


def _published(given: _Given) -> float:
    return given.newest.timestamp() if given.newest else 0.0


def _outlets(given: _Given) -> tuple[str, ...]:
    return tuple(dict.fromkeys(article.outlet for _, article in given.forms))
