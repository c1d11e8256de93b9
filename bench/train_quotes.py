"""Labelled articles become `model.json` and `ranking.json`, bit for bit the same from the same data.

Two linear models are fitted here, each a softmax over the candidates of one question: whom does a phrase or a
pronoun mean, and who said a passage; a third in `train_ranking`: which quote an editor prints first. Nothing
is drawn at random: folds go by outlet, the optimiser starts from zero. Thresholds and calibration come from
predictions for articles of outlets that the weights had not seen.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

import digests.facts.quotes as engine
from bench import train_ranking
from bench.quote_score import NEAR, Data, is_speaker, matches, names_of, overlap, spans, speakers, trimmed
from digests.facts.quotes import quotes_from, witness_of
from digests.facts.quotes.before import Before
from digests.facts.quotes.candidates import Candidate, Witness
from digests.facts.quotes.model import Weights
from digests.facts.quotes.references import Reference, is_open, meant_by
from digests.facts.quotes.scene import Who, who_of
from digests.facts.quotes.speakers import attributions
from digests.model import Article
from digests.people import Form, people_of

TARGET = Path(engine.__file__).parent / "model.json"
# Whom pronouns of the politics set mean, found by reading, for a program had resolved them: the first 12
# digits of an article's SHA-256 -> where the pronoun begins -> where the one meant is named; null: unknown.
PRONOUNS = Path(__file__).parent / "pronouns.json"
# Passages of our own, one a line, for what is rare in the news of one country: behind each quote stands who
# said it between "⟦" and "⟧", "-" for nobody. "⏎" ends a paragraph.
CONSTRUCTS = Path(__file__).parent / "constructs.txt"
SMALLEST = 0.06  # weights below are left out: they change nothing and fill the file
FOLDS = 6
_NUMBERED = re.compile(r"([a-z]+)(?:-[a-z]+)*-\d{1,4}")  # of an outlet with many articles: "name-section-12"

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Choice:
    """One question: the features of each answer, and how right each is (0 to 1)."""

    article: str
    answers: list[list[str]]
    right: list[float]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article, what the engine sees of it, and the label of each passage that has one."""

    data: Data
    witness: Witness
    labels: dict[int, Data]  # number of a passage -> the marked quote
    world: bool  # of the small, clean, varied set
    own: bool = False  # of `CONSTRUCTS`

    @property
    def id(self) -> str:
        return str(self.data["id"])


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is set by hand; each number was chosen on outlets left out of the fit."""

    world: float = 3.0  # weight of a world-news label: clean and varied
    construct: float = 2.5  # of a passage of our own
    pronoun: float = 2.0  # of a politics pronoun
    phrase: float = 0.05  # of a politics phrase: there "the report" stands for itself
    speakers_l2: float = 7.0
    references_l2: float = 6.0
    unsure: float = 0.25  # confidence under which a speaker is not named at all
    rare: int = 4  # a feature seen less often is left out


def main(data: Path | None) -> int:
    """Write `model.json` and `ranking.json` anew from `data`; return 2 without data."""
    if data is None:
        Console(stderr=True).print("Training needs labelled articles: --data DIR")
        return 2
    console = Console()
    labelled = [
        *_read(data / "quotes/train.jsonl", world=False),
        *_read(data / "worldnews.train.jsonl", world=True),
        *constructs(CONSTRUCTS),
    ]
    console.print(f"{len(labelled)} articles read")
    weights, left_out = trained(labelled, Recipe())
    TARGET.write_text(packed(weights), "utf-8")
    train_ranking.TARGET.write_text(train_ranking.packed(weights.ranking), "utf-8")
    console.print(f"an editor's first quote in our two: {train_ranking.first_in_two(left_out):.1%} left out")
    console.print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")
    return 0


def trained(labelled: Sequence[Labelled], recipe: Recipe) -> tuple[Weights, list[train_ranking.Found]]:
    """Return weights fitted to `labelled`, with thresholds from articles left out of the fit.

    With them come the quotes that were found in world news by weights that had not seen it.
    """
    questions = _Questions(labelled, recipe)
    blind: list[tuple[Labelled, Weights]] = []
    for fold in range(FOLDS):
        weights = questions.fitted(lambda article: _fold(article) != fold)  # noqa: B023
        blind += [
            (one, weights) for one in labelled if _fold(one.id) == fold and (one.world or _sampled(one))
        ]
    nobody = _best_threshold(blind)
    blind = [(one, replace(weights, nobody=nobody)) for one, weights in blind]
    final = questions.fitted(lambda article: True)
    final = replace(final, nobody=nobody, unsure=recipe.unsure, calibration=_calibration(blind))
    found = [_found(one, weights, final) for one, weights in blind if one.world]
    return replace(final, ranking=train_ranking.ranking_from(found)), found


def _found(one: Labelled, weights: Weights, final: Weights) -> train_ranking.Found:
    """Return what `weights` find in an article, as sure as `final` is."""
    known = replace(weights, unsure=final.unsure, calibration=final.calibration)
    return train_ranking.Found(one.data, one.witness.people, found_by(one, known))


def packed(weights: Weights) -> str:
    """Return `weights` as the text of `model.json`."""
    data = {
        "calibration": [round(number, 3) for number in weights.calibration],
        "nobody": weights.nobody,
        "unsure": weights.unsure,
        "references": _rounded(weights.references, smallest=0.02),
        "speakers": _rounded(weights.speakers, smallest=SMALLEST),
    }
    return json.dumps(data, ensure_ascii=False, indent=0, separators=(",", ":"), sort_keys=True) + "\n"


def _rounded(weights: Mapping[str, float], *, smallest: float) -> dict[str, float]:
    return {name: round(weight, 2) for name, weight in weights.items() if abs(weight) >= max(smallest, 0.005)}


# Reading ----------------------------------------------------------------------------------------


def _read(path: Path, *, world: bool) -> list[Labelled]:
    lines = path.read_text("utf-8").splitlines()
    articles = [json.loads(line) for line in lines if line.strip()]
    if world:
        return [labelled(data, world=True) for data in articles]
    pronouns = json.loads(PRONOUNS.read_text("utf-8"))
    return [labelled(_resolved(data, pronouns), world=False) for data in articles]


def constructs(path: Path) -> list[Labelled]:
    """Return the passages of our own in `path`."""
    lines = path.read_text("utf-8").splitlines()
    articles = [labelled(_construct(line, number), world=False) for number, line in enumerate(lines)]
    return [replace(one, own=True) for one in articles]


def _construct(line: str, number: int) -> Data:
    """Return a line of `CONSTRUCTS` as a labelled article."""
    quotes: list[Data] = []
    text = ""
    for part, name in re.findall("([^⟦]*)(?:⟦([^⟧]*)⟧)?", line.replace("⏎", "\n")):
        text += part
        if name not in ("", "-"):
            quotes.append({"start": _opening(text), "end": len(text), "speaker": name})
    return {"id": f"construct {number}", "text": text, "quotes": quotes}


def _opening(text: str) -> int:
    """Return where the quote opens that ends with `text`."""
    return max(text.rfind(f"{before}{mark}", 0, len(text) - 1) for before in " \n" for mark in "\"'") + 1


def _resolved(data: Data, pronouns: Mapping[str, Mapping[str, Any]]) -> Data:
    """Return an article with the pronouns among its speakers resolved by reading where that was done."""
    known = pronouns.get(sha256(data["id"].encode()).hexdigest()[:12], {})
    return {**data, "quotes": [_with_speaker(quote, data["text"], known) for quote in data["quotes"]]}


def _with_speaker(quote: Data, text: str, known: Mapping[str, Any]) -> Data:
    place = str(quote["speaker_span"][0]) if quote.get("speaker_span") else ""
    if quote.get("speaker_kind") != "pronoun" or place not in known:
        return quote
    name = text[slice(*known[place])] if known[place] else None
    return {**quote, "speaker": name, "speaker_alts": [name] if name else []}


def labelled(data: Data, *, world: bool) -> Labelled:
    """Return what the engine sees of an article, with its labels by passage."""
    text = data["text"]
    people = people_of(Article(url="", title=data.get("title") or "", text=text))
    witness = witness_of(text, people, "en")
    places = [trimmed(text, p.span.start, p.span.end) for p in witness.scene.passages]
    labels: dict[int, Data] = {}
    for quote in data["quotes"]:
        if quote.get("type") == "indirect":
            continue
        place = trimmed(text, quote["start"], quote["end"])
        labels.update({i: quote for i, other in enumerate(places) if overlap(place, other) >= NEAR})
    return Labelled(data, witness, labels, world)


def _fold(article: str) -> int:
    """Return the part of the data an article is left out with: one outlet is never in two."""
    if article.startswith("construct "):
        return -1  # of no outlet: in every fit
    numbered = _NUMBERED.fullmatch(article)
    if numbered:
        return sum(map(ord, numbered[1])) % 2
    return 2 + int(sha256(article.encode()).hexdigest(), 16) % (FOLDS - 2)


def _sampled(one: Labelled) -> bool:
    """Say whether a politics article is among the eighth that thresholds are chosen on."""
    return int(sha256(one.id.encode()).hexdigest(), 16) % 8 == 0


# Questions --------------------------------------------------------------------------------------


class _Questions:
    """All questions of all articles, asked once; fitted for any part of the articles."""

    def __init__(self, articles: Sequence[Labelled], recipe: Recipe) -> None:
        self.recipe = recipe
        self.speakers = [choice for one in articles for choice in _speaker_choices(one, recipe)]
        self.references = [choice for one in articles for choice in _reference_choices(one, recipe)]

    def fitted(self, keep: Callable[[str], bool]) -> Weights:
        recipe = self.recipe
        asked = [choice for choice in self.speakers if keep(choice.article)]
        meant = [choice for choice in self.references if keep(choice.article)]
        return Weights(
            speakers=_fit(asked, l2=recipe.speakers_l2, rare=recipe.rare),
            references=_fit(meant, l2=recipe.references_l2, rare=2),
            ranking={},
            calibration=(1.0, 0.0),
            nobody=0.5,
            unsure=0.0,
        )


def _speaker_choices(one: Labelled, recipe: Recipe) -> Iterator[Choice]:
    weight = recipe.world if one.world else recipe.construct if one.own else 1.0
    before = Before()
    for number in range(len(one.witness.scene.passages)):
        candidates = one.witness.candidates(number, before)
        label = one.labels.get(number)
        if label is None:
            right = [float(candidate.nobody) for candidate in candidates]
        else:
            who = _who(one, label)
            right = [float(_is_right(one, candidate, label, who, before)) for candidate in candidates]
            before.passage, before.person = number, who
            if who is not None:
                before.persons.append(who)
        if any(right):
            yield Choice(one.id, [candidate.features for candidate in candidates], right, weight)


def _reference_choices(one: Labelled, recipe: Recipe) -> Iterator[Choice]:
    witness = one.witness
    last: Who | None = None
    since = -1
    for number in sorted(one.labels):
        label = one.labels[number]
        who = _who(one, label)
        item = _open_item(one, label)
        if who is not None and item is not None:
            asked = Reference(
                witness.scene,
                witness.people,
                item,
                last=last,
                since=since,
                said=witness.said(number),
                known=witness.known,
            )
            meant = meant_by(asked)
            names = names_of(label)
            right = [
                float(m.who == who or (isinstance(m.who, str) and is_speaker(m.who, names))) for m in meant
            ]
            if any(right):
                weight = _reference_weight(one, item, recipe)
                yield Choice(one.id, [m.features for m in meant], right, weight)
        last = who if who is not None else last
        since = witness.scene.of_passage[number]


def _reference_weight(one: Labelled, item: int, recipe: Recipe) -> float:
    scene = one.witness.scene
    if one.world:
        return recipe.world
    return recipe.pronoun if scene.mentions[scene.refs[item]].form is Form.PRONOUN else recipe.phrase


def _open_item(one: Labelled, label: Data) -> int | None:
    """Return the item of the mention that a label says is the speaker, if it takes a guess whom it means."""
    scene, span = one.witness.scene, label.get("speaker_span")
    if not span:
        return None
    for number, item in scene.of_mention.items():
        mention = scene.mentions[number]
        if mention.span.start < span[1] and span[0] < mention.span.end and is_open(mention):
            return item
    return None


def _who(one: Labelled, label: Data) -> Who | None:
    """Return who a label says the speaker is, as the engine knows them."""
    names = names_of(label)
    for number, person in enumerate(one.witness.people.persons):
        if is_speaker(person.name, names):
            return number
    return names[0] if names else None


def _is_right(one: Labelled, candidate: Candidate, label: Data, who: Who | None, before: Before) -> bool:
    if candidate.nobody:
        return False
    if candidate.mention is None:
        return who is not None and before.person == who
    mention, span = one.witness.scene.mentions[candidate.mention], label.get("speaker_span")
    if span and mention.span.start < span[1] and span[0] < mention.span.end:
        return True
    if who is None or mention.form is Form.PRONOUN:
        return False
    return who_of(mention) == who or (mention.person is None and is_speaker(mention.text, names_of(label)))


def found_by(one: Labelled, weights: Weights) -> list[Any]:
    """Return the quotes that the engine finds with `weights`."""
    return quotes_from(one.witness, attributions(one.witness, weights), weights)


# Fitting ----------------------------------------------------------------------------------------


def _fit(choices: Sequence[Choice], *, l2: float, rare: int, steps: int = 100) -> dict[str, float]:
    """Return the weights under which the right answers are most probable, kept small by `l2`."""
    names = _names(choices, rare)
    number = {name: i for i, name in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    right: list[float] = []
    sizes: list[int] = []
    for choice in choices:
        sizes.append(len(choice.answers))
        for answer, share in zip(choice.answers, choice.right, strict=True):
            known = [number[name] for name in answer if name in number]
            rows += [len(right)] * len(known)
            columns += known
            right.append(share)
    loss = _Loss(
        rows=np.array(rows, dtype=np.int64),
        columns=np.array(columns, dtype=np.int64),
        right=np.array(right),
        sizes=np.array(sizes, dtype=np.int64),
        weights=np.array([choice.weight for choice in choices]),
        l2=l2,
        many=len(names),
    )
    best = _lowest(loss, np.zeros(len(names)), steps)
    return {name: float(weight) for name, weight in zip(names, best, strict=True)}


def _names(choices: Sequence[Choice], rare: int) -> list[str]:
    seen = Counter(name for choice in choices for answer in choice.answers for name in set(answer))
    return sorted(name for name, times in seen.items() if times >= rare)


@dataclass(frozen=True, slots=True)
class _Loss:
    """Minus the log of the share of right answers, over all questions."""

    rows: Ints  # of each feature: its answer
    columns: Ints  # and its number
    right: Floats  # of each answer
    sizes: Ints  # answers of each question
    weights: Floats  # of each question
    l2: float
    many: int  # features

    def __call__(self, point: Floats) -> tuple[float, Floats]:
        first = np.concatenate(([0], np.cumsum(self.sizes)[:-1]))
        question = np.repeat(np.arange(len(self.sizes)), self.sizes)
        scores = np.bincount(self.rows, point[self.columns], minlength=len(self.right))
        powers = np.exp(scores - np.maximum.reduceat(scores, first)[question])
        shares = powers / np.add.reduceat(powers, first)[question]
        good = np.maximum(np.add.reduceat(shares * self.right, first), 1e-12)
        loss = -float(self.weights @ np.log(good)) + 0.5 * self.l2 * float(point @ point)
        slope = (shares - shares * self.right / good[question]) * self.weights[question]
        return loss, np.bincount(self.columns, slope[self.rows], minlength=self.many) + self.l2 * point


def _lowest(
    function: Callable[[Floats], tuple[float, Floats]], start: Floats, steps: int, memory: int = 8
) -> Floats:
    """Return where `function` is lowest: L-BFGS with halving steps (Nocedal and Wright, algorithm 7.4)."""
    point, (loss, slope) = start, function(start)
    moves: list[tuple[Floats, Floats]] = []
    for _ in range(steps):
        direction = -_two_loops(slope, moves)
        fall = float(slope @ direction)
        if fall >= 0:
            direction, fall = -slope, -float(slope @ slope)
        step = 1.0
        while True:
            next_loss, next_slope = function(point + step * direction)
            if next_loss <= loss + 1e-4 * step * fall or step < 1e-10:
                break
            step *= 0.5
        move, change = step * direction, next_slope - slope
        point = point + move
        if float(move @ change) > 1e-12:
            moves = [*moves, (move, change)][-memory:]
        done = abs(loss - next_loss) < 1e-6 * abs(loss)
        loss, slope = next_loss, next_slope
        if done:
            break
    return point


def _two_loops(slope: Floats, moves: Sequence[tuple[Floats, Floats]]) -> Floats:
    result, shares = slope.copy(), []
    for move, change in reversed(moves):
        share = float(move @ result) / float(change @ move)
        shares.append(share)
        result = result - share * change
    if moves:
        move, change = moves[-1]
        result = result * (float(move @ change) / float(change @ change))
    else:
        result = result / max(1.0, float(np.linalg.norm(slope)))
    for (move, change), share in zip(moves, reversed(shares), strict=True):
        result = result + move * (share - float(change @ result) / float(change @ move))
    return result


# Thresholds -------------------------------------------------------------------------------------


def _best_threshold(blind: Sequence[tuple[Labelled, Weights]]) -> float:
    """Return from which probability of nobody on a passage is left out: where all fares best."""
    return max((0.4, 0.45, 0.5, 0.55, 0.6), key=lambda nobody: _f1(blind, nobody))


def _f1(blind: Sequence[tuple[Labelled, Weights]], nobody: float) -> float:
    found = {one.id: _as_data(found_by(one, replace(weights, nobody=nobody))) for one, weights in blind}
    found_and_said = matches([one.data for one, _ in blind], found)
    return spans(found_and_said).f1 + speakers(found_and_said).f1


def _as_data(quotes: Sequence[Any]) -> list[Data]:
    return [
        {"start": q.span.start, "end": q.span.end, "speaker": q.speaker, "confidence": q.confidence}
        for q in quotes
    ]


def _calibration(blind: Sequence[tuple[Labelled, Weights]]) -> tuple[float, float]:
    """Return slope and shift that make the log-odds of a speaker true (Platt)."""
    found = {one.id: _as_data(found_by(one, weights)) for one, weights in blind}
    pairs = [m for m in matches([one.data for one, _ in blind], found) if m.given is not None]
    raw = np.clip(np.array([float(m.given["confidence"]) for m in pairs if m.given]), 1e-6, 1 - 1e-6)
    odds, truth = np.log(raw / (1 - raw)), np.array([float(m.right) for m in pairs])

    def loss(point: Floats) -> tuple[float, Floats]:
        value = 1 / (1 + np.exp(-(point[0] * odds + point[1])))
        value = np.clip(value, 1e-9, 1 - 1e-9)
        miss = value - truth
        entropy = -float(np.sum(truth * np.log(value) + (1 - truth) * np.log(1 - value)))
        return entropy, np.array([float(miss @ odds), float(miss.sum())])

    slope, shift = _lowest(loss, np.array([1.0, 0.0]), 200)
    return float(slope), float(shift)
