"""Labelled articles become the weights by which figures are ranked (digests/facts/figures/ranking.json).

    python -m bench train figures --data DIR

Each article is one choice among its figures: the softmax over them should give its mass to those that an
editor chose. Fitted by gradient descent with an L2 penalty; judged on articles left out (ten folds).
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digests.facts.figures import drafts_in
from digests.facts.figures.drafts import Draft
from digests.facts.figures.ranking import features
from digests.model import Article

PENALTY = 2.0  # of the squared weights, chosen on the folds
STEPS = 600
RATE = 0.04
FOLDS = 10
TARGET = Path(__file__).parent.parent / "digests/facts/figures/ranking.json"

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """An article: its figures as rows of features, and how much an editor wanted each."""

    source: str
    rows: list[dict[str, float]]
    wanted: list[float]
    values: list[tuple[float, ...]]


def main(data: Path | None) -> int:
    """Fit on `data`, print hits on articles left out, write the weights; return 2 without data."""
    if data is None:
        print("Training needs labelled articles: --data DIR", file=sys.stderr)
        return 2
    choices = [choice for choice in _choices(data) if any(choice.wanted)]
    names = sorted({name for choice in choices for row in choice.rows for name in row})
    for source in ("numhg", "cnndm", "bbc", "world"):
        print(source, sum(choice.source == source for choice in choices))
    print("left out:", _cross_validated(choices, names))
    weights = _fitted(choices, names)
    print("fitted:", _hits([(choice, _scored(choice, names, weights)) for choice in choices]))
    table = {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}
    TARGET.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    return 0


# Data -------------------------------------------------------------------------------------------


def _choices(data: Path) -> Iterator[Choice]:
    for row in _lines(data / "figures/salience.dev.jsonl"):
        title = row["title_masked"] or row["title"] or ""
        yield _choice(
            row["source"], title, row["text"], [(1.0, (float(value),)) for value in row["key_values"]]
        )
    for name in ("worldnews.train.jsonl", "worldnews.dev.jsonl"):
        for row in _lines(data / name):
            wanted = [(_worth(figure["rank"]), _ends(figure)) for figure in row["figures"]]
            yield _choice("world", row["title"] or "", row["text"], wanted)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def _worth(rank: int) -> float:
    return {1: 1.0, 2: 0.6, 3: 0.4}.get(rank, 0.3)


def _ends(figure: dict[str, Any]) -> tuple[float, ...]:
    return tuple(abs(float(figure[key])) for key in ("value", "value_max") if figure.get(key) is not None)


def _choice(source: str, title: str, text: str, wanted: Iterable[tuple[float, tuple[float, ...]]]) -> Choice:
    article = Article(url="", title=title, text=text)
    drafts = [draft for _, draft in drafts_in(text)]
    worth = [_wanted(_values(draft), list(wanted)) for draft in drafts]
    return Choice(source, features(article, drafts), worth, [_values(draft) for draft in drafts])


def _values(draft: Draft) -> tuple[float, ...]:
    return tuple(abs(float(value)) for value in (draft.value, draft.high) if value is not None)


def _wanted(values: tuple[float, ...], wanted: list[tuple[float, tuple[float, ...]]]) -> float:
    hits = [worth for worth, ends in wanted if any(np.isclose(a, b, rtol=1e-4) for a in values for b in ends)]
    return max(hits, default=0.0)


# Fitting ----------------------------------------------------------------------------------------


def _matrix(choice: Choice, names: Sequence[str]) -> Vector:
    return np.array([[row.get(name, 0.0) for name in names] for row in choice.rows])


def _fitted(choices: Sequence[Choice], names: Sequence[str]) -> Vector:
    matrices = [_matrix(choice, names) for choice in choices]
    targets = [np.array(choice.wanted) / sum(choice.wanted) for choice in choices]
    starts = np.cumsum([0, *(len(matrix) for matrix in matrices)])
    rows, target = np.vstack(matrices), np.concatenate(targets)
    groups = np.repeat(np.arange(len(matrices)), np.diff(starts))
    weights, first, second = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):  # Adam
        scores = rows @ weights
        scores -= np.maximum.reduceat(scores, starts[:-1])[groups]
        shares = np.exp(scores)
        shares /= np.add.reduceat(shares, starts[:-1])[groups]
        # the mass on any wanted figure counts, however it is spread over them
        mass = np.add.reduceat(shares * (target > 0) * np.sqrt(target + 1e-12), starts[:-1])[groups]
        pull = shares * (target > 0) * np.sqrt(target + 1e-12) / mass
        gradient = rows.T @ (shares - pull) / len(matrices) + PENALTY * weights / len(matrices)
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        rate = RATE * (1 - step / (STEPS + 1))
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def _scored(choice: Choice, names: Sequence[str], weights: Vector) -> Vector:
    scores: Vector = _matrix(choice, names) @ weights
    return scores


def _cross_validated(choices: Sequence[Choice], names: Sequence[str]) -> dict[str, str]:
    judged: list[tuple[Choice, Vector]] = []
    for fold in range(FOLDS):
        weights = _fitted([c for at, c in enumerate(choices) if at % FOLDS != fold], names)
        judged += [(c, _scored(c, names, weights)) for at, c in enumerate(choices) if at % FOLDS == fold]
    return _hits(judged)


def _hits(judged: Sequence[tuple[Choice, Vector]]) -> dict[str, str]:
    groups = {
        "salience": [pair for pair in judged if pair[0].source != "world"],
        "salience 6+": [
            pair for pair in judged if pair[0].source != "world" and len(set(pair[0].values)) >= 6
        ],
        "world": [pair for pair in judged if pair[0].source == "world"],
    }
    return {name: _shares(pairs) for name, pairs in groups.items()}


def _shares(pairs: Sequence[tuple[Choice, Vector]]) -> str:
    places = [_place(choice, scores) for choice, scores in pairs]
    return f"{len(places)}: " + " ".join(
        f"@{k} {sum(p <= k for p in places) / max(len(places), 1):.1%}" for k in (1, 3)
    )


def _place(choice: Choice, scores: Vector) -> int:
    """Return the place of the first figure most wanted, among distinct values."""
    best, seen = max(choice.wanted), []
    for at in np.argsort(-scores, kind="stable"):
        if choice.values[at] not in seen:
            seen.append(choice.values[at])
        if choice.wanted[at] == best:
            return len(seen)
    return len(seen) + 1
