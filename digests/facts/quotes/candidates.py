"""A quote becomes its candidates: who may have said it, each with the features that tell for and against.

A feature is a short string; its weight stands in `model.json`. Three kinds of candidate are weighed against
each other: a mention around the quote (`mentioned`), whoever said the quote before (`before`), and nobody at
all (`nobody`).
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from digests.facts.quotes.before import Before, features_of_again
from digests.facts.quotes.cues import cues_of
from digests.facts.quotes.language import Language
from digests.facts.quotes.manner import manner_of
from digests.facts.quotes.mentioned import cast_of, features_of_mention
from digests.facts.quotes.nobody import features_of_nobody
from digests.facts.quotes.references import Known
from digests.facts.quotes.scene import MENTIONS, Scene
from digests.facts.quotes.views import REACH, View, view_of
from digests.people import People

_LEFT = 9  # mentions looked at before a quote
_RIGHT = 4
_NEXT = 3  # sentences in which the speaker of a passage that runs on may be named
_MENTION = re.compile(f"[{''.join(sorted(MENTIONS))}]")


@dataclass(slots=True)
class Candidate:
    """Somebody who may have said a quote."""

    features: list[str]
    mention: int | None = None  # None: the speaker before, or nobody
    nobody: bool = False


class Witness:
    """Looks at one scene and lists the candidates of each of its quotes."""

    def __init__(self, scene: Scene, people: People, language: Language) -> None:
        self.scene, self.people, self.language = scene, people, language
        self.cues, self.cast = cues_of(scene, language), cast_of(people)
        self.manner = manner_of(scene.text, scene.passages)
        self.items = [found.start() for found in _MENTION.finditer(scene.letters)]  # that are mentions
        self.seen: View | None = None  # the last one: each passage is asked for a few times in a row
        subjects = frozenset(at for at in self.cues.subjects.values() if at is not None)
        speakers = {scene.mentions[scene.refs[at]].person for at in subjects}
        self.known = Known(self.cues.firsts, speakers, subjects)

    def candidates(self, number: int, before: Before) -> list[Candidate]:
        """Return the candidates of passage `number`: nobody first, then the speaker before, then mentions."""
        view = self._view(number)
        nobody = features_of_nobody(view, self.language, before=before, manner=self.manner)
        found = [Candidate(nobody, nobody=True)]
        if before.passage is not None:
            found.append(Candidate(features_of_again(view, before, self.cast.last_names)))
        lefts, rights = self._around(view)
        for side, items in (("<", lefts), (">", rights)):
            for rank, item in enumerate(items):
                features = features_of_mention(
                    view, item, side=side, rank=rank, before=before, cues=self.cues, cast=self.cast
                )
                found.append(Candidate(features, mention=self.scene.refs[item]))
        return found

    def said(self, number: int) -> frozenset[str]:
        """Return the words of passage `number`, in lower case."""
        return self._view(number).words

    def cue(self, number: int, mention: int | None) -> str | None:
        """Return the word that introduces passage `number`: the one of `mention`, or the nearest."""
        view = self._view(number)
        own = [cue for cue in view.cues if mention is not None and self._is_subject(cue, mention)]

        def closeness(cue: int) -> tuple[int, int]:
            subject = self.cues.subjects[cue]
            beside = 0 if subject is None or not own else abs(cue - subject)
            return min(beside, 3), abs(cue - view.at)

        cue = min(own or view.cues, key=closeness, default=None)
        return None if cue is None else self.scene.words[cue]

    def gap(self, before: int, number: int) -> str:
        """Return the letters of the items between two passages."""
        return self.scene.letters[self.scene.of_passage[before] + 1 : self.scene.of_passage[number]]

    def _is_subject(self, cue: int, mention: int) -> bool:
        subject = self.cues.subjects[cue]
        return subject is not None and self.scene.refs[subject] == mention

    def _view(self, number: int) -> View:
        if self.seen is None or self.seen.number != number:
            self.seen = view_of(number, self.scene, self.cues)
        return self.seen

    def _around(self, view: View) -> tuple[list[int], list[int]]:
        at, items, sentences, paragraphs = view.at, self.items, self.scene.sentence, self.scene.paragraph
        sentence, paragraph = sentences[at], paragraphs[at]
        place = bisect_left(items, at)
        lefts: list[int] = []
        for item in reversed(items[max(0, place - _LEFT) : place]):
            if item <= at - REACH or sentence - sentences[item] > 4 or paragraph - paragraphs[item] > 2:
                break
            lefts.append(item)
        ahead = _NEXT if view.runs_on else 1 if view.right == at + 1 or not view.cues else 0
        rights: list[int] = []
        for item in items[place : place + _RIGHT]:
            if item >= at + REACH or sentences[item] - sentence > ahead or paragraphs[item] - paragraph > 1:
                break
            rights.append(item)
        return lefts, rights
