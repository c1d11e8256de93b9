"""A scene becomes its quotes' speakers: one walk through the text, each quote knowing who spoke before."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digests.facts.quotes.before import Before
from digests.facts.quotes.candidates import Candidate, Witness
from digests.facts.quotes.model import Weights, score, shares
from digests.facts.quotes.references import Reference, is_open, meant_by
from digests.facts.quotes.scene import ACCORDING, NAME, PARAGRAPH, QUOTE, SENTENCE, Scene, Who, who_of
from digests.people import PLACE

_LABELLED = 0.95  # probability that the name before a colon is who speaks
_LABEL = re.compile(r"([A-Z][A-Z.' -]{1,30}):\s")
_CLOSED = frozenset(("", SENTENCE, PARAGRAPH, QUOTE, ",", "("))  # what may follow a signature
# A signature is a paragraph of its own, and no item of a list.
_BELOW = re.compile(r"/-N(?:,[^STWA/]{1,12})?\.?(?:/(?!-)|$)")
_SLIGHT = 0.01  # a candidate less probable than this changes nothing


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said a passage, as far as the text tells."""

    passage: int
    who: Who | None  # None: nobody around
    probability: float  # that it is `who`, if anybody said it
    nobody: float  # probability that nobody did
    mention: int | None = None  # the mention that tells most; None: it is the speaker before
    chained: bool = False  # known only by the quote before


def attributions(witness: Witness, weights: Weights) -> Iterator[Attribution]:
    """Yield an attribution for each passage that somebody said, in order."""
    before = Before()
    for number in range(len(witness.scene.passages)):
        found = _attribution(witness, number, before, weights)
        if found.nobody <= weights.nobody:
            yield found
            before.passage, before.person = number, found.who
            if found.who is not None:
                before.persons.append(found.who)


def _attribution(witness: Witness, number: int, before: Before, weights: Weights) -> Attribution:
    labelled = _label(witness, number)
    if labelled is not None:
        return Attribution(number, labelled, _LABELLED, 0.0)
    candidates = witness.candidates(number, before)
    probabilities = shares([score(one.features, weights.speakers) for one in candidates])
    nobody = 0.0
    totals: dict[Who, float] = {}
    best: dict[Who, tuple[float, int | None]] = {}
    for candidate, probability in zip(candidates, probabilities, strict=True):
        if candidate.nobody:
            nobody = probability
            continue
        if probability < _SLIGHT:
            continue
        for who, share in _meant(witness, number, candidate, before, weights):
            part = probability * share
            totals[who] = totals.get(who, 0.0) + part
            if part > best.get(who, (-1.0, None))[0]:
                best[who] = part, candidate.mention
    if not totals:
        return Attribution(number, None, 0.0, nobody)
    who = max(totals, key=lambda one: totals[one])
    somebody = max(1.0 - nobody, 1e-9)
    mention = best[who][1]
    return Attribution(
        number, who, min(1.0, totals[who] / somebody), nobody, mention, chained=mention is None
    )


def _since(witness: Witness, before: Before) -> int:
    return -1 if before.passage is None else witness.scene.of_passage[before.passage]


def _label(witness: Witness, number: int) -> Who | None:
    """Return who is named at the start of a passage ("ROE: I do not know.") or signs it."""
    said = witness.scene.passages[number].span.of(witness.scene.text)
    label = _LABEL.match(said)
    person = witness.people.named(label[1]) if label else None
    return _signed(witness, number) if person is None else witness.people.persons.index(person)


def _signed(witness: Witness, number: int) -> Who | None:
    """Return who is named behind a passage and a dash, and nothing else: "Enough." - Jane Roe, Eastmoor"""
    scene, at = witness.scene, witness.scene.of_passage[number]
    row = scene.letters[at + 1 : at + 4]
    if row[:2] != f"{ACCORDING}{NAME}" or scene.words[at + 1].isalpha() or row[2:] not in _CLOSED:
        return _signed_below(witness.scene, at)
    return who_of(scene.mentions[scene.refs[at + 2]])


def _signed_below(scene: Scene, at: int) -> Who | None:
    """Return who signs a passage that is a paragraph of its own, in the next one."""
    if scene.letters[max(0, at - 1) : at] not in ("", PARAGRAPH) or not _BELOW.match(scene.letters, at + 1):
        return None
    mention = scene.mentions[scene.refs[at + 3]]
    return None if mention.kind is PLACE else who_of(mention)


def _meant(
    witness: Witness, number: int, candidate: Candidate, before: Before, weights: Weights
) -> Iterator[tuple[Who, float]]:
    """Yield whom a candidate stands for, and how probably."""
    if candidate.mention is None:
        if before.person is not None:
            yield before.person, 1.0
        return
    scene = witness.scene
    mention = scene.mentions[candidate.mention]
    if not is_open(mention):
        yield who_of(mention), 1.0
        return
    item = scene.of_mention[candidate.mention]
    asked = Reference(
        scene,
        witness.people,
        item,
        last=before.person,
        since=_since(witness, before),
        said=witness.said(number),
        known=witness.known,
    )
    persons = meant_by(asked)
    if persons:
        yield from zip(
            (one.who for one in persons),
            shares([score(one.features, weights.references) for one in persons]),
            strict=True,
        )
