"""A speaker with a short name in one article gets the full name that another of the story gives."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from digests.model import Article, Fact, Quote, SpeakerKind
from digests.people import PersonKind, people_of
from digests.text import fold

_READ = 5  # articles that are read for a name; the first ones of a story give it
_SHORT = 3  # parts of a name that may have more
_BEFORE = r"\b([^\W\d_][\w’'.-]*)\s+"  # perhaps one more word of the name
_PARTS = re.compile(r"[\s-]+")  # outlets differ in hyphens
_TITLES = frozenset("mr mrs ms miss dr prof sir dame lord lady rev fr cllr sgt capt col gen".split())


def with_full_names(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Return `articles`, the speakers of their quotes by the fullest name that any of them gives.

    A name stays as it is where the story knows nobody, or more than one, by a fuller one.
    """
    speakers = dict.fromkeys(one.speaker for article in articles for one in article.quotes if _is_named(one))
    names = {name: _parts(name) for name in speakers if name}
    full = {name: _fullest(name, names, articles) for name in names}
    if all(name == short for short, name in full.items()):
        return tuple(articles)
    return tuple(_renamed(article, full.get) for article in articles)


def _is_named(quote: Quote) -> bool:
    return quote.speaker is not None and quote.speaker_kind is SpeakerKind.NAMED


def _renamed(article: Article, full: Callable[[str], str | None]) -> Article:
    def renamed(fact: Fact) -> Fact:
        if isinstance(fact, Quote) and fact.speaker and _is_named(fact):
            return replace(fact, speaker=full(fact.speaker))
        return fact

    facts = tuple(map(renamed, article.facts))
    return article if facts == article.facts else replace(article, facts=facts)


def _fullest(short: str, names: Mapping[str, list[str]], articles: Sequence[Article]) -> str:
    """Return the one fuller name of who is called `short`, or `short`; `names` are given with their parts."""
    parts = names[short]
    if not 0 < len(parts) <= _SHORT:
        return short
    found = {name: others for name, others in names.items() if _is_fuller(others, parts)}
    if len(parts) == 1 or short[0].islower():
        told = {name: _parts(name) for name in _in_texts(parts, articles, known=found.values())}
        found |= {name: others for name, others in told.items() if _is_fuller(others, parts)}
    longest = [
        name for name, own in found.items() if not any(_is_fuller(other, own) for other in found.values())
    ]
    return longest[0] if len(longest) == 1 else short


def _in_texts(
    parts: Sequence[str], articles: Sequence[Article], *, known: Iterable[Sequence[str]]
) -> Iterable[str]:
    """Yield the names of persons in articles where another word stands before a short name than we know."""
    pattern = re.compile(_BEFORE + r"[\s-]+".join(map(re.escape, parts)) + r"\b", re.IGNORECASE)
    expected = {part for name in known for part in name} | _TITLES
    giving = (
        article
        for article in articles
        if any(
            before[0].isupper() and fold(before).rstrip(".") not in expected
            for before in pattern.findall(article.text)
        )
    )
    for article in islice(giving, _READ):
        yield from (one.name for one in people_of(article).persons if one.kind is PersonKind.PERSON)


def _is_fuller(others: Sequence[str], parts: Sequence[str]) -> bool:
    """Say whether a name ends with these parts, and has more of them."""
    return len(others) > len(parts) > 0 and others[-len(parts) :] == parts


def _parts(name: str) -> list[str]:
    parts = [part for part in _PARTS.split(fold(name)) if part]
    return parts[1:] if len(parts) > 1 and parts[0].rstrip(".") in _TITLES else parts
