"""The figures of a story's articles become the few that are shown: equal ones once, others side by side.

Figures of two articles that measure the same but do not agree are never shown as if each stood alone: either
the later article knows more (then the earlier figure is its history) or the outlets disagree; the newest
comes first. A figure that would say nothing without its article is not shown at all.
"""

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from digests.compose.ranks import by_rank
from digests.model import Article, CitedFigure, Figure, FigureKind, figures_of
from digests.text import fold

FIGURES = 3  # of a story
Agree = Callable[[Figure, Figure], bool]  # do two amounts say the same, rounding aside?

_MOVED_AFTER = timedelta(hours=10)  # between articles; within it outlets disagree, after it things moved
_SAME_CONCEPT = 0.5  # of the words of the longer concept
_LEAST_SHARED = 2  # words
_HARM = re.compile(
    r"\b(?:(?P<dead>dead|died|deaths?|killed|fatalit(?:y|ies)|bodies)"
    r"|(?P<hurt>injur(?:ed|ies)|hurt|wounded|casualties))\b"
)
_YEAR = re.compile(r"\b(?:in|since|of|from|the)\s+(?:[A-Z][a-z]+\s+)?((?:1[89]|20)\d\d)\b")
_SHARE = re.compile(r"%|per cent|percent")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_COUNTS = (FigureKind.COUNT, FigureKind.OTHER)
_PLAIN = 100  # a smaller number without a unit says little: the "seven" that a union asks for
_MANY = 3  # things; one or two are told by the headline or not at all
# Alone these do not say what is measured.
_VAGUE = frozenset(
    "company firm group government president minister film money paper move questions man woman fund "
    "plan thing bank it".split()
)
# What is often measured, and no name where a sentence begins with it.
_MEASURED = (
    "unemployment inflation turnout wages prices rents sales shares exports imports profits profit revenue "
    "output temperatures growth oil gold gas wheat interest staff pay taxes fares deaths"
).split()
_WORD = re.compile(r"[^\W\d_]{3,}")
_LITTLE = frozenset("the and for from with that this than were was are has had have been".split())


@dataclass(slots=True)
class _Given:
    """An amount, as outlets give it, the best form first."""

    forms: list[tuple[Figure, Article]]
    others: list["_Given"] = field(default_factory=list)  # amounts of the same thing that do not agree

    @property
    def figure(self) -> Figure:
        return self.forms[0][0]

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


def best_figures(articles: Sequence[Article], *, agree: Agree = same_amount) -> tuple[CitedFigure, ...]:
    """Return the key figures of `articles`, best first, each with those that agree and those that do not."""
    given: list[_Given] = []
    common = _common_words(articles)
    headline = articles[0].title if articles else ""
    for figure, article in by_rank(articles, figures_of):
        if _says_something(figure, common, headline=headline) and not _is_of_another_year(figure, article):
            _add(figure, article, given, agree)
    heads: list[_Given] = []
    for one in _together(given):
        if not any(_same_again(one.figure, form.figure, agree) for head in heads for form in head.all()):
            heads.append(one)
    return tuple(_cited(one) for one in heads[:FIGURES])


def _common_words(articles: Sequence[Article]) -> frozenset[str]:
    """Return the words that the articles also write small: those that are no names."""
    return frozenset(
        word for article in articles for word in _WORD.findall(article.text) if word.islower()
    ) | frozenset(_MEASURED)


def _says_something(figure: Figure, common: Set[str], *, headline: str) -> bool:
    """Say whether a reader would know what the figure is of, with nothing but its concept and the headline.

    Not if it has none, or a bare name, or only names who gave it; a length of time or an age is of interest
    only where it is the news itself.
    """
    concept = figure.concept or ""
    words = _WORD.findall(concept)
    if not any(word.islower() or word.casefold() in common for word in words if word not in _LITTLE):
        return False
    if len(words) == 1 and words[0].casefold() in _VAGUE:
        return False
    if figure.kind in _COUNTS and figure.value < _MANY and _harm(figure) is None:
        return _is_in(headline, figure)
    if figure.unit is None and figure.value < _PLAIN and _harm(figure) is None:
        return False
    if figure.speaker and fold(concept) in fold(figure.speaker):
        return False
    if figure.kind in (FigureKind.DURATION, FigureKind.AGE):
        return _is_in(headline, figure)
    return True


def _is_of_another_year(figure: Figure, article: Article) -> bool:
    """Say whether the dead or hurt are those of an earlier event: "31 people died in a quake in 1998"."""
    if _harm(figure) is None or figure.sentence is None or article.published is None:
        return False
    years = _YEAR.findall(figure.sentence.of(article.text))
    return bool(years) and str(article.published.year) not in years


def _is_in(headline: str, figure: Figure) -> bool:
    numbers = [fold(word) for word in _NUMBER.findall(headline)]
    return any(fold(word) in numbers for word in _NUMBER.findall(figure.surface)[:1])


def _same_again(one: Figure, other: Figure, agree: Agree) -> bool:
    """Say whether a reader would take one for the other in other words: better say less."""
    if (one.value, one.value_max) != (other.value, other.value_max):
        return agree(one, other)
    counts = one.kind in _COUNTS and other.kind in _COUNTS
    return counts or one.unit is None or other.unit is None or agree(one, other)


def _add(figure: Figure, article: Article, given: list[_Given], agree: Agree) -> None:
    for one in given:
        if _same_harm(figure, one.figure) or (agree(figure, one.figure) and _may_be_one(figure, one.figure)):
            one.forms.append((figure, article))
            return
    given.append(_Given([(figure, article)]))


def _same_harm(one: Figure, other: Figure) -> bool:
    """Say whether both count the same number of dead, or of hurt: "18 people died", "a death toll of 18"."""
    same = (one.value, one.value_max, one.modifier) == (other.value, other.value_max, other.modifier)
    return same and _harm(one) is not None and _harm(one) == _harm(other)


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
    return _at_odds(head, one) and not any(one.articles & other.articles for other in head.others)


def _at_odds(one: _Given, other: _Given) -> bool:
    """Say whether two amounts are of one thing; not if one article gives both, as two things."""
    a, b = one.figure, other.figure
    if one.articles & other.articles:
        return False
    if _harm(a) or _harm(b):
        return _harm(a) == _harm(b)
    alike = a.kind is b.kind and (a.unit or "").casefold() == (b.unit or "").casefold()
    return alike and _same_concept(a, b)


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


def _may_be_one(one: Figure, other: Figure) -> bool:
    """Say whether nothing speaks against two equal amounts being of one thing."""
    a, b = _concept(one), _concept(other)
    return not a or not b or bool(a & b)


def _same_concept(one: Figure, other: Figure) -> bool:
    """Say whether two figures measure the same beyond doubt; to share a name is not enough."""
    a, b = _concept(one, names=False), _concept(other, names=False)
    shared = len(a & b)
    return shared >= _LEAST_SHARED and shared >= _SAME_CONCEPT * max(len(a), len(b))


def _harm(figure: Figure) -> str | None:
    """Return "dead" or "hurt" where the figure counts people who are: of these outlets differ most."""
    if figure.kind not in _COUNTS or _SHARE.search(figure.surface):
        return None
    found = _HARM.search(f"{figure.unit or ''} {figure.concept or ''}".casefold())
    return found.lastgroup if found else None


def _concept(figure: Figure, *, names: bool = True) -> set[str]:
    """Return the telling words of what a figure measures, their endings aside."""
    concept = figure.concept or ""
    words = [fold(word) for word in _WORD.findall(concept) if names or word.islower()]
    return {word.removesuffix("s")[:7] for word in words if word not in _LITTLE}
