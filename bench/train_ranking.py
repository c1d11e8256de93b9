"""Quotes with an editor's ranks become the weights by which digests order quotes (`ranking.json`).

Each article is one choice among its quotes. The softmax over them shall spread as the editor's wishes do
(cross-entropy, L2 penalty, Newton's method). The quotes are those found by weights that had not seen the
article, so that wrong speakers are as frequent here as they are later.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import digests.facts.quotes as engine
from bench.quote_score import Data, overlap, trimmed
from digests.facts.quotes.english import ENGLISH
from digests.facts.quotes.ranking import may_be_shown, measures
from digests.model import Article, Quote
from digests.people import People

TARGET = Path(engine.__file__).parent / "ranking.json"
PENALTY = 40.0  # of the squared weights; chosen, as the measures, on articles left out
STEPS = 12
FOLDS = 10
NEAR = 0.5  # of the characters of both together that make two quotes the same
_WORTH = {1: 1.0, 2: 0.3, 3: 0.15}  # of a quote by the editor's rank

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Found:
    """An article with the quotes that were found in it."""

    data: Data
    people: People
    quotes: Sequence[Quote]


@dataclass(frozen=True, slots=True)
class Choice:
    """The quotes of an article that may be shown: a row of measures, and the worth, of each."""

    names: list[str]
    rows: Vector
    worth: Vector


def ranking_from(found: Sequence[Found]) -> dict[str, float]:
    """Return the weight of each measure, fitted to the articles that an editor ranked."""
    choices = list(_choices(found))
    return dict(zip(choices[0].names, _fitted(choices).tolist(), strict=True))


def first_in_two(found: Sequence[Found]) -> float:
    """Return in which share of articles, each left out of the fit, the editor's first is in our two.

    Those in which the editor's first was not found, or may not be shown, count as missed.
    """
    choices = list(_choices(found))
    hits = 0
    for fold in range(FOLDS):
        weights = _fitted([one for at, one in enumerate(choices) if at % FOLDS != fold])
        hits += sum(_is_hit(one, weights) for at, one in enumerate(choices) if at % FOLDS == fold)
    return hits / sum(any(quote.get("rank") == 1 for quote in one.data["quotes"]) for one in found)


def packed(weights: Mapping[str, float]) -> str:
    """Return `weights` as the text of `ranking.json`."""
    rounded = {name: round(weight, 3) for name, weight in weights.items()}
    return json.dumps(rounded, indent=1, sort_keys=True) + "\n"


def _choices(found: Sequence[Found]) -> Iterator[Choice]:
    for one in found:
        quotes = [quote for quote in one.quotes if may_be_shown(quote)]
        worth = np.array([_worth(one.data, quote) for quote in quotes])
        if worth.any():
            article = Article(url="", title=one.data.get("title") or "", text=one.data["text"])
            seen = measures(quotes, one.people, article, ENGLISH)
            yield Choice(list(seen[0]), np.array([list(row.values()) for row in seen]), worth)


def _worth(data: Data, quote: Quote) -> float:
    place = trimmed(data["text"], quote.span.start, quote.span.end)
    return max(
        (
            _WORTH.get(other["rank"], 0.0)
            for other in data["quotes"]
            if other.get("rank")
            and overlap(place, trimmed(data["text"], other["start"], other["end"])) >= NEAR
        ),
        default=0.0,
    )


def _fitted(choices: Sequence[Choice]) -> Vector:
    centred = [one.rows - one.rows.mean(axis=0) for one in choices]
    scale = np.vstack(centred).std(axis=0) + 1e-6
    weights: Vector = np.zeros(len(scale))
    for _ in range(STEPS):
        slope, bend = PENALTY * weights, PENALTY * np.eye(len(scale))
        for rows, one in zip((rows / scale for rows in centred), choices, strict=True):
            shares = np.exp(rows @ weights)
            shares /= shares.sum()
            slope += rows.T @ (shares - one.worth / one.worth.sum())
            bend += (rows.T * shares) @ rows - np.outer(rows.T @ shares, rows.T @ shares)
        weights = weights - np.linalg.solve(bend, slope)
    fitted: Vector = weights / scale
    return fitted


def _is_hit(choice: Choice, weights: Vector) -> bool:
    two = np.argsort(-(choice.rows @ weights), kind="stable")[:2]
    return bool((choice.worth[two] == 1.0).any())
