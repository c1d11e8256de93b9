"""How well articles are put into stories and how fast, and how near what is told comes to an editor."""

import json
import random
import re
import resource
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import mean
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.edition.edition import load
from digests.compose import told
from digests.facts import facts_of
from digests.model import Article, Story
from digests.stories import Grouping, group
from digests.stories.copies import Copies

SETS = {"allsides.dev": 0.85, "allsides2021.dev": 0.88, "wikinews.dev": 0.85, "ecbplus.dev": 0.81}  # targets
SAMPLE = 0.90  # target on the bundled edition
FOUND, WRONG = 0.97, 1.0  # of near copies; pairs in 1,000 documents
RATE, MEGABYTES, DRIFT = 500, 500, 0.01  # articles a second; of incremental grouping against batch
HEADLINE, LEAD = 0.42, 0.29  # ROUGE-1 F: titles taken by chance .385, first sentences .285
IN_SUMMARY = 0.30  # of the figures shown, those that an editor's summary of three lines has too
STREAM = 10_000  # articles
BATCH = 100
_HOURS = 72  # that the stream takes
_SEED = 6
_WORD = re.compile(r"[a-z0-9]{3,}")
_NUMBER = re.compile(r"\d[\d.,]*\d|\d")


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article, and the event or original that it belongs to by its label."""

    article: Article
    cluster: str
    kind: str = ""  # how a near copy was made


def main(data: Path | None) -> int:
    """Print the tables; with `data`, on its sets, else on the bundled edition. 1: a target is missed."""
    table = Table("measure", "value", "target", title="stories")
    if data is None:
        good = [_add(table, "BCubed F1, bundled edition", batch_f1(_edition()), SAMPLE)]
    else:
        folder = data / "stories"
        good = [
            *(
                _add(table, f"BCubed F1, {name}", batch_f1(_rows(folder, name)), least)
                for name, least in SETS.items()
            ),
            *_near_copies(table, _rows(folder, "neardup.dev")),
            *_told(table, _lines(folder, "summaries.dev")),
            *_stream(table, [row for name in ("allsides.train", *SETS) for row in _rows(folder, name)]),
        ]
    Console().print(table)
    return 0 if all(good) else 1


def bcubed_f1(gold: Sequence[str], found: Sequence[int]) -> float:
    """Return BCubed F1 of clusters, given item by item."""
    together = Counter(zip(gold, found, strict=True))
    of_gold, of_found = Counter(gold), Counter(found)
    precision = sum(n * n / of_found[b] for (_, b), n in together.items()) / len(gold)
    recall = sum(n * n / of_gold[a] for (a, _), n in together.items()) / len(gold)
    return 2 * precision * recall / (precision + recall)


def batch_f1(rows: Sequence[Labelled]) -> float:
    """Return BCubed F1 of all of `rows` grouped at once."""
    stories = group([row.article for row in rows], ())
    number = {article.id: n for n, story in enumerate(stories) for article in story.articles}
    return bcubed_f1([row.cluster for row in rows], [number[row.article.id] for row in rows])


def _near_copies(table: Table, rows: Sequence[Labelled]) -> Iterable[bool]:
    copies = Copies()
    pairs = {frozenset((n, other)) for n, row in enumerate(rows) for other in copies.add(n, row.article)}
    original = {row.cluster: n for n, row in enumerate(rows) if row.kind == "original"}
    made = [n for n, row in enumerate(rows) if row.kind != "original"]
    found = sum(frozenset((n, original[rows[n].cluster])) in pairs for n in made) / len(made)
    wrong = sum(len({rows[n].cluster for n in pair}) == 2 for pair in pairs) / len(rows) * 1000
    yield _add(table, "near copies found", found, FOUND)
    yield _add(table, "wrong pairs in 1,000 documents", wrong, WRONG, at_most=True)


def _told(table: Table, rows: Sequence[dict[str, Any]]) -> Iterable[bool]:
    """Measure what is said of stories against what an editor wrote of them."""
    said = [told(_story(row)) for row in rows]
    pairs = list(zip(said, rows, strict=True))
    headline = mean(rouge(one.headline, row["ref_title"]) for one, row in pairs)
    lead = mean(rouge(one.lead or "", row["ref"]) for one, row in pairs)
    figures = [
        bool(_numbers(cited.figure.surface) & _numbers(row["ref"]))
        for one, row in pairs
        for cited in one.figures
    ]
    yield _add(table, "headline, ROUGE-1 with the editor's", headline, HEADLINE)
    yield _add(table, "lead, ROUGE-1 with the editor's summary", lead, LEAD)
    yield _add(table, "figures shown that the summary has", mean(figures), IN_SUMMARY)


def rouge(text: str, reference: str) -> float:
    """Return the F-score of the words of `text` against those of `reference`."""
    words, wanted = (Counter(_WORD.findall(one.lower())) for one in (text, reference))
    shared = (words & wanted).total()
    return 2 * shared / (words.total() + wanted.total()) if shared else 0.0


def _story(row: dict[str, Any]) -> Story:
    told_at = datetime(2026, 1, 1, tzinfo=UTC)
    articles = (
        Article(
            f"https://{number}.example",
            one["title"],
            one["text"],
            outlet=f"Outlet {number}",
            published=told_at,
        )
        for number, one in enumerate(row["articles"])
    )
    return Story(tuple(replace(article, facts=facts_of(article)) for article in articles))


def _numbers(text: str) -> set[str]:
    return {number.replace(",", "") for number in _NUMBER.findall(text)}


def _stream(table: Table, rows: Sequence[Labelled]) -> Iterable[bool]:
    """Measure adding articles in batches, as they come in three days."""
    dated = _in_order_of_time(rows)[:STREAM]
    articles = [row.article for row in dated]
    grouping, latest = Grouping(), dict[int | None, int]()
    begin = time.process_time()
    numbers = iter(range(STREAM * 2))
    for start in range(0, len(articles), BATCH):
        for story in grouping.add(articles[start : start + BATCH]):
            latest |= dict.fromkeys((article.id for article in story.articles), next(numbers))
    seconds = time.process_time() - begin
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    streamed = bcubed_f1([row.cluster for row in dated], [latest[article.id] for article in articles])
    yield _add(table, f"articles / s, {len(dated)} in batches of {BATCH}", len(dated) / seconds, RATE)
    yield _add(table, "peak memory of the process, MB", memory, MEGABYTES, at_most=True)
    yield _add(table, "BCubed F1 less than batch by", batch_f1(dated) - streamed, DRIFT, at_most=True)


def _in_order_of_time(rows: Sequence[Labelled]) -> list[Labelled]:
    """Return `rows` published over three days, those of one event within some hours."""
    chance = random.Random(_SEED)
    begun = {
        cluster: chance.uniform(0, _HOURS - 12) for cluster in dict.fromkeys(row.cluster for row in rows)
    }
    first = datetime(2026, 1, 1, tzinfo=UTC)
    dated = [(begun[row.cluster] + chance.uniform(0, 12), n, row) for n, row in enumerate(rows)]
    return [
        replace(row, article=replace(row.article, id=n, published=first + timedelta(hours=hours)))
        for hours, n, row in sorted(dated, key=lambda line: line[0])
    ]


def _rows(folder: Path, name: str) -> list[Labelled]:
    return [_row(row, number) for number, row in enumerate(_lines(folder, name))]


def _lines(folder: Path, name: str) -> list[dict[str, Any]]:
    text = (folder / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _row(row: dict[str, Any], number: int) -> Labelled:
    published = datetime.fromisoformat(row["published"]) if row.get("published") else None
    article = Article(url=row["id"], title=row["title"], text=row["text"], published=published, id=number)
    return Labelled(article, cluster=row["cluster"], kind=row.get("kind", ""))


def _edition() -> list[Labelled]:
    pieces = [(event.name, piece) for event in load().events for piece in event.pieces]
    return [
        Labelled(Article(url=piece.path, title=piece.title, text=piece.text, id=number), cluster=name)
        for number, (name, piece) in enumerate(pieces)
    ]


def _add(table: Table, measure: str, value: float, target: float, *, at_most: bool = False) -> bool:
    figures = ".0f" if abs(target) >= 10 else ".3f"
    table.add_row(measure, f"{value:{figures}}", f"{'<=' if at_most else '>='} {target:{figures}}")
    return value <= target if at_most else value >= target
