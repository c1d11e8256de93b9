"""An edition becomes plain data, small enough to be kept, and an edition again.

A noun of `digests.model` becomes the list of its fields; those that are at their defaults behind the last
that is not are left out. Articles stand once, however often they are cited, and without text and facts where
nothing of theirs is shown.
"""

import types
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from digests.model import Article, CitedFigure, CitedQuote, DigestStory, Edition
from digests.text import squeeze

Data = Any  # what JSON can say
_AS_THEY_ARE = frozenset((str, int, bool, float, types.NoneType))


def edition_data(edition: Edition) -> dict[str, Data]:
    """Return an edition as plain data."""
    writing = _Writing({id(article) for story in edition.digest.stories for article in _shown_from(story)})
    return {"edition": writing.plain(Edition, edition), "articles": writing.articles}


def edition_from(data: dict[str, Data]) -> Edition:
    """Return what `edition_data` was made from."""
    reading = _Reading()
    reading.articles += [reading.fielded(Article, one) for one in data["articles"]]
    edition: Edition = reading.noun(Edition, data["edition"])
    return edition


def _shown_from(story: DigestStory) -> Iterator[Article]:
    """Yield the articles whose words stand in the digest: they prove it."""
    cited: list[CitedQuote | CitedFigure] = [*story.quotes]
    for figure in story.figures:
        cited += [figure, *figure.disagreeing, *figure.history]
    yield from (one.article for one in cited)
    if story.lead is not None:
        lead = squeeze(story.lead)
        yield from [article for article in story.articles if lead in squeeze(article.text)][:1]


class _Writing:
    """Articles that came up so far, as data, by the numbers that stand for them."""

    def __init__(self, shown: set[int]) -> None:
        self.articles: list[Data] = []
        self._numbers: dict[int, int] = {}  # by identity: to compare long texts would take its time
        self._shown = shown

    def plain(self, kind: Any, value: Any) -> Data:
        if type(value) in _AS_THEY_ARE:  # most: asked first, and without `isinstance`
            return value
        if isinstance(value, Article):
            return self._number(value)
        if is_dataclass(value):
            listed = self._fields(value)
            return listed if is_dataclass(_kind(kind)[0]) else {type(value).__name__: listed}
        if isinstance(value, tuple):
            _, inside = _kind(kind)
            return [self.plain(one, part) for one, part in zip(_each(inside, value), value, strict=True)]
        if isinstance(value, datetime):
            return value.isoformat()
        return str(value) if isinstance(value, Decimal | StrEnum) else value

    def _number(self, article: Article) -> int:
        if id(article) not in self._numbers:
            self._numbers[id(article)] = len(self.articles)
            self.articles.append(self._fields(self._bare(article)))
        return self._numbers[id(article)]

    def _bare(self, article: Article) -> Article:
        """Return an article with what proves what is shown: a speech may go on in later quotes."""
        is_shown = id(article) in self._shown
        return replace(article, facts=article.quotes) if is_shown else replace(article, text="", facts=())

    def _fields(self, noun: Any) -> list[Data]:
        noun_kind: Any = type(noun)
        names, defaults, kinds = _shape(noun_kind)
        values = [getattr(noun, name) for name in names]
        while values and values[-1] == defaults[len(values) - 1]:
            values.pop()
        return [self.plain(kind, one) for kind, one in zip(kinds, values, strict=False)]


class _Reading:
    """Articles by their numbers."""

    def __init__(self) -> None:
        self.articles: list[Article] = []

    def noun(self, kind: Any, data: Data) -> Any:
        if data is None:
            return None
        kind, inside = _kind(kind)
        if kind is Article:
            return self.articles[data]
        if isinstance(kind, dict):  # one of several nouns, by name
            ((name, listed),) = data.items()
            return self.fielded(kind[name], listed)
        if is_dataclass(kind):
            return self.fielded(kind, data)
        if kind is tuple:
            return tuple(self.noun(one, part) for one, part in zip(_each(inside, data), data, strict=True))
        if kind is datetime:
            return datetime.fromisoformat(data)
        return kind(data)

    def fielded(self, kind: Any, data: Sequence[Data]) -> Any:
        return kind(*(self.noun(each, one) for each, one in zip(_kinds(kind), data, strict=False)))


def _each(inside: tuple[Any, ...], values: Sequence[Any]) -> Sequence[Any]:
    """Return the kind of each of the values of a tuple."""
    return inside[:1] * len(values) if Ellipsis in inside else inside


@cache
def _shape(noun: Any) -> tuple[tuple[str, ...], tuple[Any, ...], tuple[Any, ...]]:
    """Return the names, defaults and kinds of a noun's fields."""
    named = fields(noun)
    return tuple(one.name for one in named), tuple(one.default for one in named), _kinds(noun)


@cache
def _kinds(noun: Any) -> tuple[Any, ...]:
    hints = get_type_hints(noun)
    return tuple(hints[field.name] for field in fields(noun))


@cache
def _kind(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return the kind of what is there (of several nouns: all, by name), and the kinds of what is inside."""
    if get_origin(kind) in (Union, types.UnionType):
        options = [one for one in get_args(kind) if one is not types.NoneType]
        return _kind(options[0]) if len(options) == 1 else ({one.__name__: one for one in options}, ())
    return get_origin(kind) or kind, get_args(kind)
