"""The passages of an article become its manner: what it puts between marks."""

from collections.abc import Sequence
from dataclasses import dataclass

from digests.facts.quotes.marks import Passage

_SMALL = 3  # letters
_CAPITALS = 0.7  # of the words of a title
_FEW = 3  # words
_COUNTED = 40  # characters in which they are counted
_QUARTERS = 4
_MANY = 20  # passages; more tell no more


@dataclass(slots=True)
class Manner:
    """What an article puts between marks; a review has titles there, a report speech."""

    titled: Sequence[bool]  # of each passage: its words have capitals like those of a title
    short: int  # quarters of the passages that are short
    titles: int  # quarters that are titled
    single: int  # 0 to 2: hardly any, about half, most in single marks
    many: int  # passages, in fours


def manner_of(text: str, passages: Sequence[Passage]) -> Manner:
    """Return what `text` puts between marks."""
    total = max(1, len(passages))
    titled = [_is_titled(one.span.of(text).split()) for one in passages]
    short = sum([_is_short(text, one) for one in passages])
    single = sum([one.single for one in passages])
    return Manner(
        titled,
        _QUARTERS * short // total,
        _QUARTERS * sum(titled) // total,
        (4 * single + total) // (2 * total),
        min(len(passages), _MANY) // 4,
    )


def _is_short(text: str, passage: Passage) -> bool:
    start, end = passage.span.start, passage.span.end
    return text.count(" ", start, min(end, start + _COUNTED)) < _FEW and end - start <= _COUNTED


def _is_titled(tokens: Sequence[str]) -> bool:
    capitals = sum([token[0].isupper() for token in tokens])
    if len(tokens) > 1 and capitals >= _CAPITALS * len(tokens):
        return True
    return len(tokens) > 2 and _is_title(tokens)


def _is_title(tokens: Sequence[str]) -> bool:
    """Say whether all but small words have a capital: "Night and Day", but not "Go home, Jane"."""
    return tokens[-1][0].isupper() and all(
        token[0].isupper() for token in tokens if len(token) > _SMALL or not token[0].isalpha()
    )
