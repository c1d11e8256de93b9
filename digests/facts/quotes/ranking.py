"""Quotes become their order for a digest: said early and in full, about what the article is about.

A sum of a dozen measures, each with a weight learnt from what editors chose (`ranking.json`): there are too
few such articles for more. A quote whose speaker is too unsure, or which says too little, has no place.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, log1p, sqrt

from digests.facts.quotes.language import Language
from digests.facts.quotes.model import Weights
from digests.model import Article, Quote, Span, SpeakerKind
from digests.people import People
from digests.text import words_of

_FEWEST = 3  # words; less says nothing by itself
_SURE = 0.5  # confidence; below it a name is more likely wrong than right
# Of those without a name the article's own words stand as the speaker ("the agency"): they are vague
# rather than wrong, but for short passages, which are often nobody's.
_SURE_UNNAMED = 0.35
_FEWEST_UNNAMED = 6
_NAMED = SpeakerKind.NAMED
_SHORT, _LONG = 10, 30  # words of a quote that says little, and of one that says much
_LEAD = 500  # characters that tell what an article is about
_TITLE = 400  # characters of a title that are read
_MOST = 4  # words shared with the lead that are counted
_ROOT = 6  # letters by which words are held to be akin
_LEAST = 4  # letters of a word that tells what a text is about
_REMEMBERED = 50_000  # words


def ranks(
    quotes: Sequence[Quote], people: People, article: Article, language: Language, weights: Weights
) -> list[int | None]:
    """Return the rank of each quote, 1 the best; None where a digest should never print it."""
    able = [number for number, quote in enumerate(quotes) if may_be_shown(quote)]
    places: list[int | None] = [None] * len(quotes)
    if len(able) == 1:
        places[able[0]] = 1
    if len(able) < 2:
        return places
    seen = measures([quotes[number] for number in able], people, article, language)
    scores = [sum(weights.ranking[name] * value for name, value in one.items()) for one in seen]
    order = sorted(range(len(able)), key=lambda at: (-scores[at], at))
    for rank, at in enumerate(order, start=1):
        places[able[at]] = rank
    return places


def may_be_shown(quote: Quote) -> bool:
    """Say whether a quote says something, by somebody who is sure enough."""
    words = len(quote.text.split())
    if quote.speaker is None or words < _FEWEST:
        return False
    if quote.speaker_kind is _NAMED or words < _FEWEST_UNNAMED:
        return quote.confidence >= _SURE
    return quote.confidence >= _SURE_UNNAMED


def measures(
    quotes: Sequence[Quote], people: People, article: Article, language: Language
) -> list[dict[str, float]]:
    """Return what is measured of each of the quotes that may be shown, by name."""
    topic = _topic(people, article, language)
    speakers: set[str | None] = set()
    found = []
    for number, quote in enumerate(quotes):
        found.append(
            _of_place(quote, number, len(article.text))
            | _of_form(quote, language)
            | _of_words(_roots_in(quote.span, topic), topic)
            | {"speaker is new": float(quote.speaker not in speakers)}
        )
        speakers.add(quote.speaker)
    return found


@dataclass(frozen=True, slots=True)
class _Topic:
    """What an article is about: how often each root stands in it, in its lead, in its title."""

    starts: Sequence[int]  # of its words
    roots: Sequence[str]  # of each of its words; "" of one that tells nothing
    times: Mapping[str, int]
    length: float  # of `times` as a vector
    lead: frozenset[str]
    title: frozenset[str]


def _topic(people: People, article: Article, language: Language) -> _Topic:
    root = _roots_of(language).__getitem__
    starts, roots = people.words.starts, list(map(root, people.words.texts))
    times = Counter(filter(None, roots))
    return _Topic(
        starts=starts,
        roots=roots,
        times=times,
        length=sqrt(sum(count * count for count in times.values())) or 1.0,
        lead=frozenset(filter(None, roots[: bisect_left(starts, _LEAD)])),
        title=frozenset(filter(None, map(root, words_of(article.title[:_TITLE]).texts))),
    )


@lru_cache(maxsize=8)
def _roots_of(language: Language) -> "_Roots":
    return _Roots(language)


class _Roots(dict[str, str]):
    """The beginnings of words that tell what a text is about; of others ""; kept once it is asked for."""

    def __init__(self, language: Language) -> None:
        self._common = language.common

    def __missing__(self, text: str) -> str:
        low = text.lower()
        telling = len(text) >= _LEAST and text[0].isalpha() and low not in self._common
        root = low[:_ROOT] if telling else ""
        if len(self) < _REMEMBERED:
            self[text] = root
        return root


def _roots_in(span: Span, topic: _Topic) -> list[str]:
    first, end = bisect_left(topic.starts, span.start), bisect_left(topic.starts, span.end)
    return list(filter(None, topic.roots[first:end]))


def _of_place(quote: Quote, number: int, size: int) -> dict[str, float]:
    return {"order": log1p(number), "place": quote.span.start / max(1, size)}


def _of_form(quote: Quote, language: Language) -> dict[str, float]:
    words = len(quote.text.split())
    return {
        "length": log(words),
        "short": float(words < _SHORT),
        "long": float(words > _LONG),
        "goes on": float(quote.text[:1].islower()),
        "cue behind": float(quote.text.endswith(",")),  # the sentence that a reporter introduces
        "adds": float(quote.cue in language.further),
    }


def _of_words(roots: Sequence[str], topic: _Topic) -> dict[str, float]:
    times = topic.times
    return {
        "in lead": float(min(_MOST, len(topic.lead.intersection(roots)))),
        "in title": len(topic.title.intersection(roots)) / max(1, len(topic.title)),
        "like text": sum(times[root] for root in roots) / (topic.length * sqrt(max(1, len(roots)))),
    }
