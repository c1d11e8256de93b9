"""Quotes become their order for a digest: complete, informative, from the main actors of the article."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set

from digests.facts.quotes.model import Weights, score
from digests.model import Quote, QuoteKind
from digests.people import People

_LENGTHS = (4, 7, 11, 16, 22, 30, 45)  # words
_PLACES = (1, 2, 3, 5, 8, 12)
_SHARES = (0.05, 0.1, 0.2, 0.35)
_LEAD = 500  # characters that tell what an article is about
_SHORTLY = (8, 16, 24, 32)  # words
_QUARTERS = (0.25, 0.5, 0.75)  # of the text
_OFTEN = (0.25, 0.5, 0.75)  # of a quote's words
_REPEATED = 3  # times a word stands in an article that is about it
_ABLE = 8  # words of a quote that stands by itself
_WORD = re.compile(r"\w{5,}")
_SURE = 0.5  # confidence; below it the speaker is more likely wrong than right
_FEWEST = 3  # words; less says nothing by itself
_SELF = frozenset(("i", "we", "my", "our", "i'm", "i’m", "we're", "we’re", "us", "me"))


def ranks(quotes: Sequence[Quote], people: People, text: str, weights: Weights) -> list[int | None]:
    """Return the rank of each quote, 1 the best; None where a digest should never print it."""
    described = features(quotes, people, text)
    scores = [score(one, weights.ranking) for one in described]
    able = [i for i, quote in enumerate(quotes) if _may_be_shown(quote)]
    order = sorted(able, key=lambda i: (-scores[i], i))
    place = {i: rank for rank, i in enumerate(order, start=1)}
    return [place.get(i) for i in range(len(quotes))]


def features(quotes: Sequence[Quote], people: People, text: str) -> list[list[str]]:
    """Return for each quote what tells for and against printing it."""
    by_speaker: dict[str | None, int] = {}
    salience = {person.name: person.salience for person in people.persons}
    lead = set(_WORD.findall(text[:_LEAD].lower()))
    many = Counter(quote.speaker for quote in quotes)
    longest = max((len(quote.text) for quote in quotes), default=0)
    counted = Counter(people.words.texts)
    often = {word.lower() for word, times in counted.items() if times >= _REPEATED}
    main = next((speaker for speaker, _ in many.most_common() if speaker is not None), None)
    size = max(1, len(text))
    whole = 0  # quotes so far that are a sentence worth printing
    found = []
    for place, quote in enumerate(quotes):
        earlier = by_speaker.get(quote.speaker, 0)
        by_speaker[quote.speaker] = earlier + 1
        own = set(_WORD.findall(quote.text.lower()))
        words = len(quote.text.split())
        able = quote.kind is QuoteKind.DIRECT and words >= _ABLE
        found.append(
            [
                *_features(quote, place, len(quotes), earlier, salience, text),
                f"l{min(len(own & lead), 4)}",
                f"m{min(many[quote.speaker], 5)}{min(earlier, 1)}",
                f"L{_bucket(len(quote.text) / longest, (0.3, 0.6, 0.9))}",
                f"w{able}{min(whole, 3)}",
                f"wl{able}{min(whole, 2)}{min(len(own & lead), 2)}",
                f"o{_bucket(_share(own, often), _OFTEN)}",
                f"M{quote.speaker is not None and quote.speaker == main}",
                f"lt{_bucket(words, _SHORTLY)}{_bucket(quote.span.start / size, _QUARTERS)}",
            ]
        )
        whole += able
    return found


def _share(words: Set[str], others: Set[str]) -> float:
    return len(words & others) / max(1, len(words))


def _may_be_shown(quote: Quote) -> bool:
    sure = quote.speaker is not None and quote.confidence >= _SURE
    return sure and len(quote.text.split()) >= _FEWEST


def _features(
    quote: Quote, place: int, many: int, earlier: int, saliences: Mapping[str, float], text: str
) -> list[str]:
    words = quote.text.split()
    length = _bucket(len(words), _LENGTHS)
    known = saliences.get(quote.speaker or "")
    salience = -1 if known is None else _bucket(known, _SHARES)
    partial = quote.kind is QuoteKind.PARTIAL
    before = text[max(0, quote.span.start - 2) : quote.span.start]
    return [
        f"n{length}{partial}",
        f"p{_bucket(place, _PLACES)}",
        f"pe{place == 0}{min(earlier, 2)}",
        f"q{_bucket(10 * place / max(1, many), (2, 4, 6, 8))}",
        f"e{min(earlier, 3)}",
        f"s{salience}",
        f"k{quote.speaker_kind}",
        f"r{quote.role is not None}",
        f"c{quote.continues}",
        f"cn{quote.continues}{length}",
        f"i{any(word.lower() in _SELF for word in words)}",
        f"d{any(char.isdigit() for char in quote.text)}",
        f"?{quote.text.endswith('?')}",
        f"!{'!' in quote.text}",
        f"¶{before[:1] in ('', chr(10))}",
        f"f{quote.text[-1] in '.,!?'}",
        f"t{_bucket(quote.span.start / max(1, len(text)), (0.15, 0.3, 0.5, 0.7))}",
        f"u{quote.confidence >= 0.8}",
    ]


def _bucket(value: float, limits: Sequence[float]) -> int:
    return sum(value >= limit for limit in limits)
