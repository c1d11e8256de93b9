"""An edition becomes plain data, small enough to be kept, and an edition again.

A noun of `digests.model` becomes the list of its fields; those that are at their defaults behind the last
that is not are left out. Articles stand once, however often they are cited, and without text and facts where
nothing of theirs is shown.
"""

import types
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, Union, get_args, get_origin, get_type_hints

from digests.model import Article, DigestStory, Edition, Quote
from digests.text import squeeze

Data = Any  # what JSON can say
_Write = Callable[["_Writing", Any], Data]
_AS_THEY_ARE = (str, int, bool, float)


def edition_data(edition: Edition) -> dict[str, Data]:
    """Return an edition as plain data."""
    writing = _Writing(_proofs(edition.digest.stories))
    return {"edition": writing.fields(edition), "articles": writing.articles}


def edition_from(data: dict[str, Data]) -> Edition:
    """Return what `edition_data` was made from."""
    reading = _Reading()
    reading.articles += [reading.fielded(Article, one) for one in data["articles"]]
    edition: Edition = reading.noun(Edition, data["edition"])
    return edition


def _proofs(stories: Iterable[DigestStory]) -> dict[int, list[Quote]]:
    """Return the articles whose words stand in a digest, by identity, and the quotes that it shows of each.

    To compare long texts, as equality would, would take its time.
    """
    proofs: dict[int, list[Quote]] = defaultdict(list)
    for story in stories:
        for quote in story.quotes:
            proofs[id(quote.article)].append(quote.quote)
        for figure in story.figures:
            for cited in (figure, *figure.disagreeing, *figure.history):
                proofs[id(cited.article)] += ()
        if story.lead is not None:
            lead = squeeze(story.lead)
            proving = next((one for one in story.articles if lead in squeeze(one.text)), None)
            proofs[id(proving)] += ()
    return proofs


class _Writing:
    """Articles that came up so far, as data, by the numbers that stand for them."""

    def __init__(self, proofs: Mapping[int, Sequence[Quote]]) -> None:
        self.articles: list[Data] = []
        self._numbers: dict[int, int] = {}  # by identity
        self._proofs = proofs

    def number(self, article: Article) -> int:
        if id(article) not in self._numbers:
            self._numbers[id(article)] = len(self.articles)
            self.articles.append(self.fields(self._bare(article)))
        return self._numbers[id(article)]

    def fields(self, noun: Any) -> list[Data]:
        kind: Any = type(noun)
        shape = _shape(kind)
        values = shape.values(noun)
        count = len(values)
        while count and values[count - 1] == shape.defaults[count - 1]:
            count -= 1
        writers = shape.writers
        return [
            value if (write := writers[place]) is None else write(self, value)
            for place, value in enumerate(values[:count])
        ]

    def _bare(self, article: Article) -> Article:
        """Return an article with what proves what is shown of it."""
        if id(article) not in self._proofs:
            return replace(article, text="", facts=())
        return replace(article, facts=_speeches(article.quotes, self._proofs[id(article)]))


def _speeches(quotes: Sequence[Quote], shown: Sequence[Quote]) -> tuple[Quote, ...]:
    """Return the quotes that are shown, each with those in which its speech goes on."""
    kept: list[Quote] = []
    is_kept = False
    for quote in quotes:
        is_kept = quote in shown or (is_kept and quote.continues)
        if is_kept:
            kept.append(quote)
    return tuple(kept)


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
        return kind(*(self.noun(each, one) for each, one in zip(_shape(kind).kinds, data, strict=False)))


def _each(inside: tuple[Any, ...], values: Sequence[Any]) -> Sequence[Any]:
    """Return the kind of each of the values of a tuple."""
    return inside[:1] * len(values) if Ellipsis in inside else inside


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is known of the fields of a noun."""

    kinds: tuple[Any, ...]
    defaults: tuple[Any, ...]
    writers: tuple[_Write | None, ...]  # None: the value is plain data as it is
    values: Callable[[Any], tuple[Any, ...]]


@cache
def _shape(noun: Any) -> _Shape:
    named, hints = fields(noun), get_type_hints(noun)
    kinds = tuple(hints[field.name] for field in named)
    values = attrgetter(*(field.name for field in named))  # of one name it would return no tuple
    return _Shape(kinds, tuple(field.default for field in named), tuple(map(_writer, kinds)), values)


@cache
def _writer(kind: Any) -> _Write | None:
    """Return what makes plain data of a value of this kind; None: it is plain already."""
    kind, inside = _kind(kind)
    if kind in _AS_THEY_ARE:
        return None
    if kind is Article:
        return lambda writing, value: None if value is None else writing.number(value)
    if kind is tuple:
        return _tuple_writer(inside)
    if kind is datetime:
        return lambda _, value: None if value is None else value.isoformat()
    if isinstance(kind, dict):  # one of several nouns, by name
        return lambda writing, value: {type(value).__name__: writing.fields(value)}
    if is_dataclass(kind):
        return lambda writing, value: None if value is None else writing.fields(value)
    return lambda _, value: None if value is None else str(value)


def _tuple_writer(inside: tuple[Any, ...]) -> _Write:
    if Ellipsis in inside:
        write = _writer(inside[0])
        if write is None:
            return lambda _, values: list(values)
        return lambda writing, values: [write(writing, value) for value in values]
    writers = tuple(map(_writer, inside))
    return lambda writing, values: [
        value if write is None else write(writing, value)
        for write, value in zip(writers, values, strict=True)
    ]


@cache
def _kind(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return the kind of what is there (of several nouns: all, by name), and the kinds of what is inside."""
    if get_origin(kind) in (Union, types.UnionType):
        options = [one for one in get_args(kind) if one is not types.NoneType]
        return _kind(options[0]) if len(options) == 1 else ({one.__name__: one for one in options}, ())
    return get_origin(kind) or kind, get_args(kind)
