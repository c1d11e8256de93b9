"""The figures of a story's articles become the few that are shown: equal ones once, others side by side.

Figures of two articles that measure the same but do not agree are never shown as if each stood alone: either
the later article knows more (then the earlier figure is its history) or the outlets disagree; the newest
comes first. What cannot be told apart like that is left out.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

from digests.compose.captions import told_by
from digests.compose.measured import COUNTS, Measured, are_one, may_be_one, may_seem_one, numbers_in
from digests.compose.plain import is_of_the_story, plain_figures, plainness
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

    forms: list[Measured]
    others: list["_Given"] = field(default_factory=list)  # amounts of the same thing that do not agree

    @property
    def best(self) -> Measured:
        return self.forms[0]

    def all(self) -> list["_Given"]:
        return [self, *self.others]

    @property
    def newest(self) -> datetime | None:
        return max((form.article.published for form in self.forms if form.article.published), default=None)

    @property
    def articles(self) -> set[str]:
        return {form.article.url for form in self.forms}


def same_amount(one: Figure, other: Figure) -> bool:
    """Say whether two figures are the same number of the same unit."""
    return (one.value, one.value_max, one.unit) == (other.value, other.value_max, other.unit)


def best_figures(
    articles: Sequence[Article], *, agree: Agree = same_amount, theme: Theme | None = None
) -> tuple[CitedFigure, ...]:
    """Return the key figures of `articles`, best first, each with those that agree and those that do not.

    Best is what stands in a title, what several articles give, what each of them ranks first.
    """
    numbers = [numbers_in(article.title) for article in articles]
    about = theme or theme_of(articles)
    given = _given(plain_figures(articles), agree, headline=numbers[0] if numbers else frozenset())
    in_title = frozenset[str]().union(*numbers)
    heads = [head for head in _together(given) if _is_of_the_story(head, about, in_title)]
    placed = sorted(enumerate(heads), key=lambda pair: _place(pair[0], pair[1], in_title))
    shown: list[_Given] = []
    for _, head in placed:
        before = [form.best for one in shown for form in one.all()]
        if not any(_clash(one.best, form, agree) for one in head.all() for form in before):
            shown.append(head)
        if len(shown) == FIGURES:
            break
    return tuple(map(_cited, shown))


def _given(figures: Iterable[Measured], agree: Agree, *, headline: Set[str]) -> list[_Given]:
    """Return each amount once, with its forms; the headline's own stands first, then the plainest."""
    given: list[_Given] = []

    def rank(form: Measured) -> tuple[object, ...]:
        return form.number in headline, plainness(form.figure)

    for figure in figures:
        same = next((one for one in given if _is_same(figure, one.best, agree)), None)
        if same is None:
            given.append(_Given([figure]))
        else:
            same.forms = sorted([*same.forms, figure], key=rank, reverse=True)
    return given


def _is_same(one: Measured, other: Measured, agree: Agree) -> bool:
    return _same_harm(one, other) or (may_be_one(one, other) and agree(one.figure, other.figure))


def _same_harm(one: Measured, other: Measured) -> bool:
    """Say whether both count the same number of dead, or of hurt: "18 people died", "a death toll of 18"."""
    if one.harm is None or one.harm != other.harm:
        return False
    a, b = one.figure, other.figure
    return (a.value, a.value_max, a.modifier) == (b.value, b.value_max, b.modifier)


def _together(given: Sequence[_Given]) -> list[_Given]:
    """Return the amounts, those of the same thing that do not agree put together."""
    heads: list[_Given] = []
    by_group: defaultdict[object, list[_Given]] = defaultdict(list)
    for one in given:
        alike = by_group[one.best.group]
        head = next((head for head in alike if _may_join(one, head)), None)
        if head is None:
            heads.append(one)
            alike.append(one)
        else:
            head.others.append(one)
    return heads


def _may_join(one: _Given, head: _Given) -> bool:
    """Say whether an amount is at odds with the first of those put together, and of no article of theirs."""
    at_odds = are_one(head.best, one.best)
    return at_odds and not any(one.articles & other.articles for other in head.all())


def _is_of_the_story(given: _Given, theme: Theme, in_title: Set[str]) -> bool:
    """Say whether a figure is about what the story is: several articles give it, a title, or its words do."""
    if len(given.articles) > 1 or given.others or given.best.number in in_title:
        return True
    return given.best.harm is not None or is_of_the_story(given.best, theme)


def _place(place: int, given: _Given, in_title: Set[str]) -> int:
    told = len(set().union(*(one.articles for one in given.all()))) - 1
    return place - _IN_TITLE * (given.best.number in in_title) - _TOLD * min(told, _TOLD_MOST)


def _clash(one: Measured, other: Measured, agree: Agree) -> bool:
    """Say whether two lines would seem to contradict each other, or to say one thing twice."""
    return may_seem_one(one, other) or _same_again(one.figure, other.figure, agree)


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
    if not disagreeing and not history:
        return _told(shown)
    return replace(
        _alone(shown), disagreeing=tuple(map(_alone, disagreeing)), history=tuple(map(_alone, history))
    )


def _told(given: _Given) -> CitedFigure:
    """Return an amount in the form that its article's words tell, where it is as good as the best."""
    cited, best = _alone(given), given.best.figure
    alike = [form for form in given.forms if _are_alike(form.figure, best)]
    tellings = ((form, told_by(form.figure, form.article)) for form in alike)
    form, told = next((one for one in tellings if one[1]), (given.best, ()))
    return replace(cited, figure=form.figure, article=form.article, told=told)


def _are_alike(one: Figure, other: Figure) -> bool:
    """Say whether two forms of an amount say the same to the last digit."""
    return (one.value, one.value_max, one.modifier, one.trend) == (
        other.value,
        other.value_max,
        other.modifier,
        other.trend,
    )


def _alone(given: _Given) -> CitedFigure:
    outlets = dict.fromkeys(form.article.outlet for form in given.forms)
    return CitedFigure(given.best.figure, given.best.article, outlets=tuple(outlets))


def _is_older(given: _Given, newest: datetime | None) -> bool:
    return newest is not None and given.newest is not None and newest - given.newest >= _MOVED_AFTER


def _published(given: _Given) -> float:
    return given.newest.timestamp() if given.newest else 0.0
