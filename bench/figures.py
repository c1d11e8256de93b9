"""How well figures are read, worded and ranked: a table beside the targets.

With labelled data (`--data`), its own scorer judges; without, the repo's samples do.
"""

import importlib.util
import json
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from rich.console import Console
from rich.table import Table

from digests.facts.figures import figures_of
from digests.facts.figures.compare import same_unit
from digests.model import Article, Figure, Modifier
from digests.people import People
from digests.text import sentences

SAMPLES = Path(__file__).parent.parent / "tests" / "samples" / "figures"
LEVELS = ("value", "value+unit", "value+unit+modifier")
SPEED = 10_000  # sentences a second, one core
_NOBODY = People(())
_TOLERANCE = 1e-4  # relative, as in the scorer of the labelled data
_ROUNDS = 40  # readings of the samples when time is taken

Row = dict[str, Any]


def main(data: Path | None) -> int:
    """Print the table; return 1 where a measure falls short of its target."""
    table = Table("measure", "value", "target", title="figures")
    short = _on_samples(table) if data is None else _on_data(table, data)
    Console().print(table)
    return 1 if short else 0


def sample_scores() -> dict[str, float]:
    """Return F1 (0 to 1) by level on the sentences of the repo's samples."""
    gold = _rows(SAMPLES / "constructs.jsonl")
    pairs = [(_without_ages(row["figures"]), _without_ages(_predicted(row))) for row in gold]
    return {level: _f1(pairs, level) for level in LEVELS}


def _add(table: Table, measure: str, value: float, target: float, *, unit: str = "") -> int:
    """Add a row; return 1 if the value falls short."""
    table.add_row(measure, f"{value:,.1f}{unit}", f">= {target:,g}{unit}")
    return int(value < target)


# The repo's samples -----------------------------------------------------------------------------


def _on_samples(table: Table) -> int:
    scores = sample_scores()
    targets = zip(LEVELS, (100, 98, 96), strict=True)
    short = sum(_add(table, f"constructs: {name}", 100 * scores[name], target) for name, target in targets)
    texts = [row["text"] for row in _rows(SAMPLES / "constructs.jsonl")]
    text = "\n".join(texts * _ROUNDS)
    return short + _add(table, "sentences / s (every one holds a figure)", _speed([text]), SPEED / 3)


def _predicted(row: Mapping[str, Any]) -> list[Row]:
    figures = figures_of(Article(url="", title="", text=row["text"]), _NOBODY, ())
    return [figure_row(figure) for figure in figures]


def figure_row(figure: Figure) -> Row:
    """Return a figure in the form of the labelled data."""
    value = float(figure.value)
    return {
        "start": figure.span.start,
        "end": figure.span.end,
        "surface": figure.surface,
        "value": value if figure.value_max is None else [value, float(figure.value_max)],
        "unit": figure.unit,
        "modifier": figure.modifier.value,
        "trend": figure.trend.value if figure.trend else None,
        "concept": figure.concept,
    }


def _without_ages(figures: Iterable[Row]) -> list[Row]:
    return [figure for figure in figures if figure["unit"] != "year_old"]


def _f1(pairs: Sequence[tuple[list[Row], list[Row]]], level: str) -> float:
    right = sum(_matched(gold, found, level) for gold, found in pairs)
    wrong = sum(len(gold) + len(found) for gold, found in pairs) - 2 * right
    return 2 * right / (2 * right + wrong)


def _matched(gold: Sequence[Row], found: Sequence[Row], level: str) -> int:
    left, right = list(found), 0
    for figure in gold:
        partner = next((other for other in left if _agree(figure, other, level)), None)
        if partner is not None:
            left.remove(partner)
            right += 1
    return right


def _agree(gold: Row, found: Row, level: str) -> bool:
    if not _same_value(gold["value"], found["value"]):
        return False
    if level == "value":
        return True
    if not same_unit(gold.get("unit"), found["unit"]):
        return False
    return level == "value+unit" or bool(_signs(gold) & _signs(found))


def _same_value(one: float | list[float], other: float | list[float]) -> bool:
    ends, others = _ends(one), _ends(other)
    if len(ends) != len(others):
        return False
    return all(abs(a - b) <= _TOLERANCE * max(a, b) for a, b in zip(ends, others, strict=True))


def _ends(value: float | list[float]) -> list[float]:
    return sorted(abs(end) for end in (value if isinstance(value, list) else [value]))


def _signs(figure: Row) -> set[str]:
    signs = {figure.get(key) for key in ("change", "modifier", "trend")} - {None, "", Modifier.EXACT.value}
    return {str(sign) for sign in signs} or {Modifier.EXACT.value}


# Labelled data ----------------------------------------------------------------------------------


def _on_data(table: Table, data: Path) -> int:
    scorer = _scorer(data / "figures" / "score.py")
    return (
        _labelled(table, scorer, data / "figures/newsquant.dev.jsonl", targets=(95, 90, 84, 66))
        + _labelled(table, scorer, data / "figures/constructs.jsonl", targets=(100, 98, 96, 0))
        + _labelled(table, scorer, data / "figures/specs.dev.jsonl", targets=(0, 0, 0, 0))
        + _salience(table, scorer, data / "figures/salience.dev.jsonl")
        + _world(table, data / "worldnews.dev.jsonl", target=95)
        + _world(table, data / "worldnews.train.jsonl", target=0)
        + _add(table, "sentences / s (world news)", _speed(_texts(data)), SPEED)
    )


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("figures_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _labelled(table: Table, scorer: ModuleType, path: Path, *, targets: tuple[float, ...]) -> int:
    gold = _rows(path)
    found = [{"id": row["id"], "figures": _predicted(row)} for row in gold]
    ignored = ("year_old",) if path.stem == "constructs" else ()
    scores = scorer.score(gold, found, ignored)
    values = [scores[level]["F1"] for level in LEVELS]
    concept = scores["concept_token_F1_on_matched"]
    names = [f"{path.stem}: {level} F1" for level in LEVELS]
    if concept is not None:
        values, names = [*values, concept], [*names, f"{path.stem}: concept F1"]
    rows = zip(names, values, targets, strict=False)
    return sum(_add(table, name, value, target) for name, value, target in rows)


def _salience(table: Table, scorer: ModuleType, path: Path) -> int:
    rows = _rows(path)
    ranked = [{"id": row["id"], "figures": _ranked(row["title_masked"] or "", row["text"])} for row in rows]
    many = [row for row in rows if row["n_numbers"] >= 6]
    short = 0
    for name, part, targets in (("salience", rows, (66, 90)), ("salience, 6 and more", many, (55, 83))):
        hits = scorer.topk(part, ranked)
        for first, target in zip((1, 3), targets, strict=True):
            short += _add(table, f"{name}: key in first {first}", hits[f"hit@{first}"], target, unit=" %")
    return short


def _ranked(title: str, text: str) -> list[Row]:
    figures = figures_of(Article(url="", title=title, text=text), _NOBODY, ())
    keys = [figure for figure in figures if figure.rank is not None]
    return [figure_row(figure) for figure in sorted(keys, key=lambda figure: figure.rank or 0)]


def _world(table: Table, path: Path, *, target: float) -> int:
    rows = [row for row in _rows(path) if row["figures"]]
    hits = sum(_editor_agrees(row) for row in rows)
    name = f"{path.stem}: an editor's first in our first 3"
    return _add(table, name, 100 * hits / len(rows), target, unit=" %")


def _editor_agrees(row: Row) -> bool:
    first = min(row["figures"], key=lambda figure: figure["rank"])
    wanted = [first["value"], *([first["value_max"]] if first.get("value_max") else [])]
    shown: list[list[float]] = []
    for figure in _ranked(row["title"] or "", row["text"]):
        if _ends(figure["value"]) not in shown:
            shown.append(_ends(figure["value"]))
    return any(_same_value(end, value) for values in shown[:3] for end in values for value in wanted)


# Both -------------------------------------------------------------------------------------------


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _texts(data: Path) -> list[str]:
    return [row["text"] for row in _rows(data / "worldnews.train.jsonl")]


def _speed(texts: Sequence[str]) -> float:
    """Return sentences a second of one core, the best of three readings."""
    articles = [Article(url="", title="", text=text) for text in texts]
    count = sum(len(sentences(text)) for text in texts)
    seconds = []
    for _ in range(3):
        begin = time.process_time()
        for article in articles:
            figures_of(article, _NOBODY, ())
        seconds.append(time.process_time() - begin)
    return count / min(seconds)
