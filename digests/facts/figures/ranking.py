"""The figures of an article get their order: what a digest shows first.

A linear score over what an editor looks at: place, words shared with the title, kind, size and role in the
sentence. The weights are fitted by `bench/train_figures.py` and lie in ranking.json.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from itertools import compress, pairwise
from math import log1p

from digests.facts.figures import lexicon
from digests.facts.figures.drafts import Draft
from digests.facts.figures.grammar import is_plural, is_stop
from digests.facts.figures.kinds import AGE, COUNT, EXACT, MONEY, OVER, PERCENT, UNDER
from digests.facts.figures.numbers import VAGUE
from digests.facts.figures.reading import drafts_of
from digests.facts.figures.tokens import Sentence
from digests.model import Article

_WINDOW = 8  # tokens on either side of a figure that speak of it
_ROOT = 5  # letters by which words are held to be akin
_LONGEST = 100  # tokens of a sentence that are seen
_TITLE = 400  # characters of a title that are read
_TITLE_VALUE = 3.0  # a number that stands in the title; most titles of the labelled data hide theirs
_FEW = 4  # figures of an article in which an age may be shown
_KEY_AGE = 3  # an age is key only among the first so many
_LEAD = 200  # characters


@dataclass(frozen=True, slots=True)
class _Page:
    """What the figures of one article are seen against."""

    title: frozenset[str]
    title_values: frozenset[Decimal]
    title_signs: frozenset[str]
    length: int
    repeats: Counter[tuple[Decimal, str | None]]


def ranks(article: Article, drafts: Sequence[Draft]) -> list[int | None]:
    """Return the rank of each draft, 1 the first; None for what is never key."""
    scores = _scores(article, drafts)
    order: list[int | None] = [None] * len(drafts)
    past = _past(drafts)
    shown: set[tuple[Decimal, Decimal | None, str]] = set()
    for at in sorted(range(len(drafts)), key=lambda at: (-scores[at], at)):
        said = _amount(drafts[at])
        if at in past:
            continue
        if said not in shown and _may_be_key(article, drafts[at], better=len(shown), figures=len(drafts)):
            shown.add(said)
            order[at] = len(shown)
    return order


def _past(drafts: Sequence[Draft]) -> set[int]:
    """Return which drafts are only what was: the second of "to 5 from 4", "5, up from 4"."""
    past: set[int] = set()
    for at, (previous, draft) in enumerate(pairwise(drafts), start=1):
        if draft.sentence is not previous.sentence or draft.sentence.word(draft.hedge - 1) != "from":
            continue
        near = draft.first - previous.last <= _NEAR and draft.kind is previous.kind
        between = draft.sentence.lower[previous.last : draft.hedge - 1]
        led = draft.sentence.word(previous.hedge - 1) in _NOW
        if near and (led or between[-1:] in (["up"], ["down"])):
            past.add(at)
    return past


_NEAR = 6  # tokens between what is and what was
_NOW = frozenset("to at is was".split())


def _amount(draft: Draft) -> tuple[Decimal, Decimal | None, str]:
    """Return what makes two figures of one article the same: "59 counts" and "59 felony counts"."""
    return draft.value, draft.high, (draft.unit or "").casefold().split(" ")[-1]


def _scores(article: Article, drafts: Sequence[Draft]) -> list[float]:
    weight = _weights().get
    return [
        sum(weight(name, 0.0) * value for name, value in seen.items() if value)
        + _TITLE_VALUE * seen.get("title value", 0.0)
        for seen in features(article, drafts)
    ]


def _may_be_key(article: Article, draft: Draft, *, better: int, figures: int) -> bool:
    if draft.kind is AGE:
        return better < _KEY_AGE and (figures < _FEW or _is_news(article, draft))
    return not (draft.value == 1 and draft.kind is COUNT and better > 0)


def _is_news(article: Article, draft: Draft) -> bool:
    """Is an age what the article is about: by its title, or by its lead where it has none?"""
    title = article.title.casefold()
    if not title:
        return draft.span.start < _LEAD
    return "aged" in title or "old" in title or str(draft.value) in title


@cache
def _weights() -> dict[str, float]:
    text = resources.files(__package__).joinpath("ranking.json").read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(text)
    return weights


# Features ---------------------------------------------------------------------------------------


def features(article: Article, drafts: Sequence[Draft]) -> list[dict[str, float]]:
    """Return what is seen of each draft, by name; what is missing is 0."""
    page = _page(article, drafts)
    seen: list[dict[str, float]] = []
    sentence_start, sentence_number = -1, -1
    roots: list[str] = []
    values: set[Decimal] = set()
    for number, draft in enumerate(drafts):
        if draft.sentence.start != sentence_start:
            sentence_start, sentence_number = draft.sentence.start, sentence_number + 1
            roots = [word[:_ROOT] for word in draft.sentence.lower[:_LONGEST]] if page.title else []
        found = _of_place(page, draft, number, sentence_number)
        found |= _of_title(page, draft, roots)
        found |= _of_kind(draft)
        found |= dict.fromkeys(compress(_ROLES, _of_role(draft)), 1.0)
        found["seen before"] = float(draft.value in values)
        found["repeats"] = log1p(page.repeats[draft.value, draft.unit] - 1)
        values.add(draft.value)
        seen.append(found)
    return seen


def _page(article: Article, drafts: Sequence[Draft]) -> _Page:
    words = article.title[:_TITLE].lower()  # a title's capitals say nothing of names
    title = Sentence(words, 0, len(words))
    return _Page(
        title=frozenset(word[:_ROOT] for word in title.lower if not is_stop(word)),
        title_values=frozenset(draft.value for draft in drafts_of(title)),
        title_signs=frozenset(title.lower) & {"$", "%", "£", "€"},
        length=max(len(article.text), 1),
        repeats=Counter((draft.value, draft.unit) for draft in drafts),
    )


def _of_place(page: _Page, draft: Draft, number: int, sentence_number: int) -> dict[str, float]:
    start = draft.sentence.starts[draft.first]
    offset = start - draft.sentence.start
    return {
        "place": start / page.length,
        "characters": log1p(start / 100),
        "first 300": float(start < 300),
        "first figure": float(number == 0),
        "second figure": float(number == 1),
        "order": log1p(number),
        "first sentence": float(draft.sentence.start < 60),
        "sentence order": log1p(sentence_number),
        "place in sentence": log1p(offset / 20),
        "opens sentence": float(draft.hedge <= 1),
    }


def _of_title(page: _Page, draft: Draft, roots: Sequence[str]) -> dict[str, float]:
    """`roots`: of the words of its sentence."""
    if not page.title:
        return {"no title": 1.0}
    near = page.title.intersection(roots[max(0, draft.first - _WINDOW) : draft.last + _WINDOW])
    after = page.title.intersection(roots[draft.number.last : draft.last + 4])
    whole = page.title.intersection(roots)
    size = len(page.title)
    other = page.title_signs and page.title_signs.isdisjoint(_SIGNS.get(draft.kind, ()))
    return {
        "title near": len(near) / size,
        "title behind": min(len(after), 3) / 3,
        "title sentence": len(whole) / size,
        "title sign": float(bool(page.title_signs) and not other),
        "title other sign": float(bool(other)),
        "title value": float(_is_in_title(page, draft)),
    }


def _is_in_title(page: _Page, draft: Draft) -> bool:
    """Does the number stand in the title? A small one has to bring its unit."""
    unit = (draft.unit or "").lower().split(" ")[-1][:_ROOT]
    return draft.value in page.title_values and (draft.value > 2 or unit in page.title)


_SIGNS = {MONEY: frozenset(("$", "£", "€")), PERCENT: frozenset(("%",))}
_PEOPLE = frozenset(
    "people men women children persons soldiers troops civilians workers students passengers".split()
)
_HARM = frozenset(
    "killed dead died deaths injured wounded hurt missing murdered drowned casualties kill killing".split()
)
_LAW = frozenset("sentenced prison jail fined fine charged counts jailed convicted sentence".split())
_HOLLOW = frozenset(
    "areas parts things ways reasons factors types kinds sorts points questions steps goals sides "
    "words aspects issues options elements levels categories sections stages examples times groups "
    "halves ends hands letters".split()
)
_TIES = frozenset("from than compared versus against".split())
_PAST = frozenset("last past previous first next every each ago earlier".split())


def _of_kind(draft: Draft) -> dict[str, float]:
    value = abs(float(draft.value))
    unit = (draft.unit or "none").lower()
    return {
        f"kind {draft.kind}": 1.0,
        f"form {draft.number.form}": 1.0,
        f"size {draft.kind}": min(log1p(value), 30.0) / 10,
        "one": float(value == 1),
        "two": float(value == 2),
        "small count": float(draft.kind is COUNT and 2 < value < 10),
        "no unit": float(draft.unit is None),
        "people": float(unit.split()[-1] in _PEOPLE),
        "rate": float("/" in unit),
        "day": float(unit in ("day", "hour", "minute", "second", "week")),
        "year": float(unit == "year"),
        "month": float(unit == "month"),
        "range": float(draft.high is not None),
        "attributive": float(draft.attributive),
    }


_ROLES = (
    "hedged",
    "over",
    "under",
    "trend",
    "bracketed",
    "compared",
    "past",
    "of the",
    "one of",
    "by",
    "to",
    "in",
    "for",
    "after",
    "the",
    "a",
    "record",
    "harm",
    "law",
    "quoted",
    "possessive",
    "capital behind",
    "verb behind",
    "noun behind",
    "hollow",
    "vague",
)
_AFTER = frozenset("after within over during".split())
_POSSESSIVE = frozenset("his her their its my our".split())


def _of_role(draft: Draft) -> tuple[bool, ...]:
    """Say of each of `_ROLES` whether the figure has it in its sentence."""
    sentence, first, last = draft.sentence, draft.hedge, draft.last
    lower = sentence.lower
    before, after = sentence.word(first - 1), sentence.word(last)
    near = lower[max(0, first - 5) : last + 5]
    counted = draft.kind is COUNT
    return (
        draft.modifier is not EXACT,
        draft.modifier is OVER,
        draft.modifier is UNDER,
        draft.trend is not None,
        before == "(",
        before in _TIES,
        after in _PAST or not _PAST.isdisjoint(lower[max(0, first - 2) : first]),
        after == "of",
        before == "of" and draft.value == 1,
        before == "by",
        before == "to",
        before == "in",
        before == "for",
        before in _AFTER,
        before == "the",
        before == "a" or before == "an",
        "record" in near,
        not _HARM.isdisjoint(near),
        not _LAW.isdisjoint(near),
        "“" in lower[:first] or '"' in lower[:first],
        before in _POSSESSIVE,
        sentence.raw(last)[:1].isupper(),
        after in lexicon.AUXILIARIES or after in lexicon.PAST,
        not is_stop(after) and not is_plural(after),
        counted and (draft.unit or "").split(" ")[-1].lower() in _HOLLOW,
        draft.number.form is VAGUE,
    )
