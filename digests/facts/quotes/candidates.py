"""A quote becomes its candidates: who may have said it, each with the features that tell for and against.

A feature is a short string; its weight stands in `model.json`. Three kinds of candidate are weighed against
each other: a mention around the quote, whoever said the quote before, and nobody at all (a scare quote, a
title).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from digests.facts.quotes.language import Language
from digests.facts.quotes.references import Known
from digests.facts.quotes.scene import (
    ACCORDING,
    CUES,
    MENTIONS,
    PARAGRAPH,
    QUOTE,
    SAYING,
    SAYS,
    SENTENCE,
    TELLS,
    Scene,
    Who,
    path,
    who_of,
)
from digests.people import BY_NAME, BY_PRONOUN, People

_LEFT = 9  # mentions looked at before a quote
_RIGHT = 4
_REACH = 70  # items
_REMEMBERED = 8192  # groups of features
_SUBJECT_REACH = 24  # items between a cue and its subject
_LENGTHS = (1, 2, 3, 4, 6, 9, 14, 25)  # words
_DISTANCES = (1, 2, 3, 5, 8, 13, 21)  # items
_COUNTS = (1, 2, 4, 8)
_FIRST_PERSONS = (" i ", " we ", " i'm ", " i’m ", " we're ", " we’re ", " you ", " my ", " our ")
_SMALL = 3  # letters
_NEXT_OPENS = f"{PARAGRAPH}{QUOTE}"
_NEXT = 3  # sentences in which the speaker of a passage that runs on may be named
_MENTION = re.compile(f"[{''.join(sorted(MENTIONS))}]")
_CUE = re.compile(f"[{''.join(sorted(CUES))}]")
_HEAVY = re.compile(f"[{SAYS}{TELLS}{SAYING}{ACCORDING}]")
_FREE = re.compile(rf"(?<![pb]){_MENTION.pattern}(?!s)")  # neither owner nor object
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(slots=True)
class Candidate:
    """Somebody who may have said a quote."""

    features: list[str]
    mention: int | None = None  # None: the speaker before, or nobody
    nobody: bool = False


@dataclass(slots=True)
class Before:
    """What is known of the quote before while a text is walked through."""

    passage: int | None = None  # the last one that somebody said
    person: Who | None = None  # its speaker
    persons: list[Who] = field(default_factory=list)  # of all quotes so far


class Witness:
    """Looks at one scene and lists the candidates of each of its quotes."""

    def __init__(self, scene: Scene, people: People, language: Language) -> None:
        self.scene, self.people, self.language = scene, people, language
        self.letters = scene.letters
        self.size = len(scene.letters)
        self.counts = [len(person.mentions) for person in people.persons]
        self.lasts = [person.name.lower().rsplit(None, 1)[-1] for person in people.persons]
        self.words_said: dict[int, frozenset[str]] = {}
        self.seen: _View | None = None  # the last one: each passage is asked for a few times in a row
        self.items = [found.start() for found in _MENTION.finditer(self.letters)]  # that are mentions
        self.cues = [found.start() for found in _CUE.finditer(self.letters)]
        self.firsts: dict[int, int] = {}  # sentence -> its first mention's item
        for found in _FREE.finditer(self.letters):
            self.firsts.setdefault(scene.sentence[found.start()], found.start())
        self.subjects = {at: self._subject(at) for at in self.cues}
        self.cue_of: dict[int | None, int] = {}  # a subject's item -> its first cue
        for cue, subject in self.subjects.items():
            self.cue_of.setdefault(subject, cue)
        subjects = frozenset(at for at in self.subjects.values() if at is not None)
        speakers = {scene.mentions[scene.refs[at]].person for at in subjects}
        self.known = Known(self.firsts, speakers, subjects)

    def candidates(self, number: int, before: Before) -> list[Candidate]:
        """Return the candidates of passage `number`: nobody first, then the speaker before, then mentions."""
        at = self.scene.of_passage[number]
        view = self._view(number, at)
        found = [Candidate(self._nobody(view, before), nobody=True)]
        if before.passage is not None:
            found.append(Candidate(self._again(view, before)))
        lefts, rights = self._around(view)
        for side, items in (("<", lefts), (">", rights)):
            for rank, item in enumerate(items):
                features = self._mention(view, item, side=side, rank=rank, before=before)
                found.append(Candidate(features, mention=self.scene.refs[item]))
        return found

    def said(self, number: int) -> frozenset[str]:
        """Return the words of passage `number`, in lower case."""
        if number not in self.words_said:
            said = self.scene.passages[number].span.of(self.scene.text)
            self.words_said[number] = frozenset(_WORD.findall(said.lower()))
        return self.words_said[number]

    def cue(self, number: int, mention: int | None) -> str | None:
        """Return the word that introduces passage `number`: the one of `mention`, or the nearest."""
        at = self.scene.of_passage[number]
        view = self._view(number, at)
        own = [cue for cue in view.cues if mention is not None and self._is_subject(cue, mention)]

        def closeness(cue: int) -> tuple[int, int]:
            subject = self.subjects[cue]
            beside = 0 if subject is None or not own else abs(cue - subject)
            return min(beside, 3), abs(cue - at)

        cue = min(own or view.cues, key=closeness, default=None)
        return None if cue is None else self.scene.words[cue]

    def gap(self, before: int, number: int) -> str:
        """Return the letters of the items between two passages."""
        return self.letters[self.scene.of_passage[before] + 1 : self.scene.of_passage[number]]

    def _is_subject(self, cue: int, mention: int) -> bool:
        subject = self.subjects[cue]
        return subject is not None and self.scene.refs[subject] == mention

    # what the quote looks like

    def _view(self, number: int, at: int) -> "_View":
        if self.seen is None or self.seen.number != number:
            self.seen = self._view_of(number, at)
        return self.seen

    def _view_of(self, number: int, at: int) -> "_View":
        scene, numbers, sentence = self.scene, self.scene.sentence, self.scene.sentence[at]
        # A sentence may never end; a stop is the last of its items.
        left = bisect_left(numbers, sentence, max(0, at - _REACH), at)
        right = bisect_right(numbers, sentence, at + 1, min(self.size, at + _REACH))
        right -= right > at + 1 and self.letters[right - 1] in (SENTENCE, PARAGRAPH)
        said = scene.passages[number].span.of(scene.text)
        cues = self.cues[bisect_left(self.cues, left) : bisect_left(self.cues, right)]
        context = self._context(left, at, right, cues)
        return _View(
            number,
            at,
            left,
            right,
            said,
            context,
            tuple(cues),
            bisect_right(_LENGTHS, _word_count(said)),
            min(cues, key=lambda i: (abs(i - at), -i), default=-1),
            self._announced(at),
            self.said(number),
            self._runs_on(number, at),
        )

    def _runs_on(self, number: int, at: int) -> bool:
        """Say whether a passage is left open because it goes on in the next paragraph."""
        return not self.scene.passages[number].closed and self.letters.startswith(_NEXT_OPENS, at + 1)

    def _announced(self, at: int) -> str:
        """Say whether a colon stands before the quote, or ends the paragraph before it."""
        letters = self.letters
        before = letters[max(0, at - 2) : at]
        if before.endswith(":"):
            return ":"
        return "/" if before == ":/" else "-"

    def _context(self, start: int, at: int, end: int, cues: Sequence[int]) -> str:
        """Name the place of the quote in its sentence."""
        letters = self.letters
        after = next((i for i in cues if i > at), None)
        before = next((i for i in reversed(cues) if i < at), None)
        right = "" if after is None else ("R" if after - at <= 6 else "r") + letters[after]
        left = "" if before is None else ("L" if at - before <= 6 else "l") + letters[before]
        near = letters[at - 1] if at > start else "^"
        sign = near if near in ":,^Q" else "w"
        bare = "B" if start == at and end == at + 1 else ""
        return f"{bare}{sign}{left}{right}"

    # nobody

    def _nobody(self, view: "_View", before: Before) -> list[str]:
        scene, letters, words = self.scene, self.letters, self.scene.words
        at, said = view.at, view.said
        passage = scene.passages[view.number]
        cap = "C" if said[:1].isupper() else "c"
        end = said[-1]
        stop = "." if end in ".!?…" else "," if end in ",;:-–—" else "w"
        left_word = words[at - 1] if at > view.left else "^"
        right_word = words[at + 1] if at + 1 < self.size else "$"
        n = view.length
        tokens = said.split()
        titled = len(tokens) > 1 and sum([token[0].isupper() for token in tokens]) >= 0.7 * len(tokens)
        titled = titled or (len(tokens) > 2 and _is_title(tokens))
        found = [
            "0",
            f"0x{view.context}",
            f"0n{n}",
            f"0nc{n}{cap}{stop}",
            f"0xn{view.context}{min(n, 4)}",
            f"0l{left_word}",
            f"0r{right_word}",
            f"0ll{path(letters[max(view.left, at - 3) : at])}",
            f"0rr{path(letters[at + 1 : at + 3])}",
            f"0s{passage.single}{passage.closed}{min(n, 4)}",
            f"0t{titled}{min(n, 4)}",
            f"0q{len(before.persons) > 0}{min(n, 3)}",
        ]
        found.append(f"0ln{left_word}{min(n, 3)}{stop}")
        found.append(f"0cs{self._cue_subject(view)}{min(n, 3)}{cap}")
        found.append(f"0whole{cap}{stop}{at == view.left}{n > 3}")
        near = words[max(view.left, at - 3) : at]
        if not self.language.so_called.isdisjoint(near):
            found.append("0so")
        if not self.language.titles_of_works.isdisjoint(near):
            found.append(f"0work{titled}")
        if view.runs_on:
            found += ("0run", f"0run{cap}{stop}")
        found.append(f"0sign{view.announced}{cap}{stop}{min(n, 3)}")
        if not view.cues:
            found.append(f"0nocue{min(n, 5)}{cap}{stop}")
        if at + 1 < self.size and letters[at + 1] in "wn" and stop == "w":
            found.append(f"0mod{min(n, 4)}")
        if QUOTE in letters[view.left : at] or QUOTE in letters[at + 1 : view.right]:
            found.append(f"0more{min(n, 4)}")
        padded = f" {said.lower()} "
        if any(word in padded for word in _FIRST_PERSONS):
            found.append("0i")
        found += self._as_clause(view, left_word, right_word, titled=titled, whole=cap + stop)
        return found

    def _as_clause(
        self, view: "_View", left_word: str, right_word: str, *, titled: bool, whole: str
    ) -> list[str]:
        """Say what the words of a quote are by themselves, and as a part of their sentence."""
        verb = not self.language.auxiliaries.isdisjoint(view.words)
        n, subject = min(view.length, 4), self._cue_subject(view)
        left = self._small(view.at - 1) if view.at > view.left else "^"
        right = self._small(view.at + 1) if view.at + 1 < view.right else "$"
        found = [
            f"0verb{verb}{n}{whole}",
            f"0vt{verb}{titled}{n}",
            f"0lt{left_word}{titled}",
            f"0rt{right_word}{titled}",
            f"0lnr{left}{n}{right}",
            f"0tx{titled}{view.context}",
            f"0lv{left_word}{verb}",
            f"0tc{titled}{subject}{left}{right}",
        ]
        if view.cues:
            cue = self.scene.words[view.nearest]
            distance, behind = min(abs(view.nearest - view.at), 3), view.nearest > view.at
            found += (f"0cue{cue}{n}", f"0cue{cue}{distance}{behind}")
        if not self.language.titles_of_works.isdisjoint(self.scene.words[view.at + 1 : view.at + 3]):
            found.append(f"0works{titled}")
        return found

    def _small(self, item: int) -> str:
        """Return a small word as it is, of any other item its letter."""
        word = self.scene.words[item]
        return word if 0 < len(word) <= _SMALL else self.letters[item]

    # the speaker before

    def _again(self, view: "_View", before: Before) -> list[str]:
        scene, letters = self.scene, self.letters
        assert before.passage is not None
        last = scene.of_passage[before.passage]
        gap = letters[last + 1 : view.at]
        way = path(gap) if len(gap) < 40 else "far"
        paragraphs = min(scene.paragraph[view.at] - scene.paragraph[last], 3)
        sentences = min(scene.sentence[view.at] - scene.sentence[last], 4)
        names = gap.count("N")
        others = min(names + gap.count("n"), 4)
        unclosed = not scene.passages[before.passage].closed
        subject = self._cue_subject(view)
        same = self._same_subject(view, before)
        by_name = isinstance(before.person, int) and self.lasts[before.person] in view.words
        return [
            f"=said{by_name}",
            f"=is{same}",
            f"=isx{same}{view.context}",
            "=",
            f"=w{way}",
            f"=x{view.context}",
            f"=d{sentences}{paragraphs}",
            f"=xd{view.context}{sentences}{paragraphs}",
            f"=o{others}{min(paragraphs, 2)}",
            f"=n{min(names, 3)}{view.context[:2]}",
            f"=u{unclosed}{paragraphs}",
            f"=s{subject}",
            f"=sx{subject}{view.context[:2]}{sentences}",
            f"=l{min(view.length, 4)}{view.context[:1]}",
            f"=c{_HEAVY.search(gap) is not None}{sentences}",
        ]

    def _same_subject(self, view: "_View", before: Before) -> str:
        """Say whether the subject of the nearest cue is who spoke before: "=", or how else it is put."""
        subject = self.subjects[view.nearest] if view.cues else None
        if subject is None:
            return "-"
        mention = self.scene.mentions[self.scene.refs[subject]]
        if mention.form is BY_PRONOUN:
            return "h"
        return "=" if who_of(mention) == before.person else mention.form[:2]

    def _cue_subject(self, view: "_View") -> str:
        """Return the letter of the subject of the nearest cue in the quote's sentence."""
        if not view.cues:
            return "-"
        subject = self.subjects[view.nearest]
        return "?" if subject is None else self.letters[subject]

    # mentions

    def _around(self, view: "_View") -> tuple[list[int], list[int]]:
        at, items, sentences, paragraphs = view.at, self.items, self.scene.sentence, self.scene.paragraph
        sentence, paragraph = sentences[at], paragraphs[at]
        place = bisect_left(items, at)
        lefts: list[int] = []
        for item in reversed(items[max(0, place - _LEFT) : place]):
            if item <= at - _REACH or sentence - sentences[item] > 4 or paragraph - paragraphs[item] > 2:
                break
            lefts.append(item)
        ahead = _NEXT if view.runs_on else 1 if view.right == at + 1 or not view.cues else 0
        rights: list[int] = []
        for item in items[place : place + _RIGHT]:
            if item >= at + _REACH or sentences[item] - sentence > ahead or paragraphs[item] - paragraph > 1:
                break
            rights.append(item)
        return lefts, rights

    def _mention(self, view: "_View", item: int, *, side: str, rank: int, before: Before) -> list[str]:
        scene, letters = self.scene, self.letters
        at = view.at
        mention = scene.mentions[scene.refs[item]]
        if item < at:
            way = path(letters[item + 1 : at])
            outer = path(letters[max(0, item - 2) : item])
        else:
            way = path(letters[at + 1 : item])
            outer = path(letters[item + 1 : item + 3])
        sentences = min(abs(scene.sentence[at] - scene.sentence[item]), 4)
        paragraphs = min(abs(scene.paragraph[at] - scene.paragraph[item]), 2)
        distance = bisect_right(_DISTANCES, abs(at - item))
        form = letters[item]
        shape = form + mention.kind[0] + ("p" if mention.plural else "")
        count = self.counts[mention.person] if mention.person is not None else 0
        previous = letters[item - 1] if item else "^"
        following = letters[item + 1] if item + 1 < self.size else "$"
        first = self.firsts.get(scene.sentence[item]) == item
        near = f"{side}{sentences}{paragraphs}"
        found = [
            *_of_way(side, way, outer),
            *_of_shape(shape, side, sentences, paragraphs),
            f"fw{form}{side}{way}",
            *_of_distance(side, min(rank, 5), distance),
            *_of_neighbours(previous, following, side, sentences),
            *_of_weight(first, side, sentences, paragraphs, bisect_right(_COUNTS, count), form),
            *_of_context(view.context, side, sentences, paragraphs, form, min(rank, 3)),
        ]
        if following in CUES:
            found += (f"v{following}{near}", f"va{scene.words[item + 1]}{side}")
        if previous in CUES:
            found += (f"V{previous}{near}", f"vb{scene.words[item - 1]}{side}")
        if mention.titled is not None:
            found.append(f"t{near}")
        if form == "N" and count == 1 and previous in "./^" and " " not in mention.text:
            found.append("weak")  # maybe the capital of the sentence that it opens
        found += self._as_subject(view, item, side, sentences)
        if mention.person is not None and mention.form is BY_NAME:
            if before.person == mention.person:
                found += ("p=", f"p={near}", f"p={view.context[:2]}")
            elif mention.person in before.persons:
                found.append("p+")
            else:
                found.append("p0")
        if mention.person is not None and self.lasts[mention.person] in view.words:
            found += (f"said{form}", f"said{side}{sentences}")
        if form == "n":
            found.append(f"h{mention.text.rsplit(None, 1)[-1].lower()}")
            found.append(f"hd{mention.text.split(None, 1)[0].lower()}{sentences}")
        return found

    def _as_subject(self, view: "_View", item: int, side: str, sentences: int) -> list[str]:
        found = []
        if view.runs_on:
            found.append(f"R{self.letters[item]}{side}{sentences}")
        if view.announced != "-":
            found.append(f"k{view.announced}{self.letters[item]}{side}{sentences}")
        nearest = view.nearest if view.cues else None
        for cue in view.cues:
            if self.subjects[cue] == item:
                where = ">" if cue > view.at else "<"
                found.append(f"S{where}{self.letters[cue]}{cue == nearest}")
                found.append(f"Sw{where}{self.scene.words[cue]}")
                if cue == nearest:
                    found.append(f"Sx{view.context}")
        if not found and nearest is not None and self.subjects[nearest] is not None:
            found.append(f"S-{side}{sentences}")
        if sentences and not view.cues:
            own = self.cue_of.get(item)
            if own is not None:
                found.append(f"S~{self.letters[own]}{side}{sentences}")
        return found

    def _subject(self, cue: int) -> int | None:
        """Return the item that is the subject of a cue, as far as order and commas tell."""
        letters, scene = self.letters, self.scene
        sentence = scene.sentence[cue]
        before = letters[cue - 1] if cue else "^"
        if letters[cue] == "A":
            return self._first_mention(cue + 1, 8)
        if before in "Q,^/.-" or (before == "a" and cue > 1 and letters[cue - 2] in "Q,"):
            inverted = self._first_mention(cue + 1, 4)
            if inverted is not None and (before == "Q" or letters[cue] != "T") and self._quote_near(cue):
                return inverted
        if before == "," and letters[cue] == SAYS and (last := self._ends_behind(cue)) is not None:
            return last
        first = self.firsts.get(sentence, cue)
        if first < cue and (self._is_joined(cue) or (before == "," and letters[first + 1] == ",")):
            return first  # "Roe, who met Moor in Arlen, said"
        at, fallback = cue - 1, None
        stop = max(-1, cue - _SUBJECT_REACH)
        while at > stop and scene.sentence[at] == sentence and letters[at] not in "./":
            if letters[at] in MENTIONS:
                free = at == 0 or letters[at - 1] not in "pb" or self._has_own_cue(at, cue)
                if free:
                    return at
                fallback = at if fallback is None else fallback
            at -= 1
        return fallback

    def _is_joined(self, cue: int) -> bool:
        """Say whether a cue shares the subject of its sentence: "Roe declined to answer but said"."""
        letters, at = self.letters, cue - 1
        while at > 0 and letters[at] == "a":
            at -= 1
        return at > 0 and letters[at] == "c" and letters[at - 1] not in "NnhQ"

    def _ends_behind(self, cue: int) -> int | None:
        """Return the subject with which a clause ends behind its cue: ", said Roe."."""
        letters = self.letters
        at = cue + 1
        ends = letters[at : at + 1] in ("N", "n") and letters[at + 1 : at + 2] in ("", ".", ",", "/", QUOTE)
        return at if ends else None

    def _has_own_cue(self, at: int, cue: int) -> bool:
        """Say whether a cue belongs to the mention before it: "with Roe saying"."""
        return at == cue - 1 and self.scene.words[at - 1] in self.language.along

    def _quote_near(self, cue: int) -> bool:
        return QUOTE in self.letters[max(0, cue - 3) : cue]

    def _first_mention(self, start: int, reach: int) -> int | None:
        letters = self.letters
        for at in range(start, min(self.size, start + reach)):
            if letters[at] in MENTIONS:
                return at
            if letters[at] in "./Q,:":
                return None
        return None


# A few things tell the most of a mention, and come up again and again: they are put into words once.


@lru_cache(maxsize=_REMEMBERED)
def _of_way(side: str, way: str, outer: str) -> tuple[str, ...]:
    return "m", f"w{side}{way}", f"o{side}{way}|{outer}"


@lru_cache(maxsize=_REMEMBERED)
def _of_shape(shape: str, side: str, sentences: int, paragraphs: int) -> tuple[str, ...]:
    near = f"{side}{sentences}{paragraphs}"
    return f"d{near}", f"f{shape}", f"fd{shape}{near}"


@lru_cache(maxsize=_REMEMBERED)
def _of_distance(side: str, rank: int, distance: int) -> tuple[str, ...]:
    return f"r{side}{rank}", f"i{side}{distance}"


@lru_cache(maxsize=_REMEMBERED)
def _of_neighbours(previous: str, following: str, side: str, sentences: int) -> tuple[str, ...]:
    return f"b{previous}{side}", f"a{following}{side}", f"ba{previous}{following}{side}{sentences}"


@lru_cache(maxsize=_REMEMBERED)
def _of_weight(
    first: bool, side: str, sentences: int, paragraphs: int, count: int, form: str
) -> tuple[str, ...]:
    return f"1{first}{side}{sentences}{paragraphs}", f"c{count}{form}"


@lru_cache(maxsize=_REMEMBERED)
def _of_context(
    context: str, side: str, sentences: int, paragraphs: int, form: str, rank: int
) -> tuple[str, ...]:
    near = f"{side}{sentences}{paragraphs}"
    return f"x{context}{near}", f"xf{context}{form}{side}", f"xr{context}{side}{rank}"


@dataclass(frozen=True, slots=True)
class _View:
    """A quote in its sentence: item numbers, words, and the name of its place."""

    number: int
    at: int
    left: int  # first item of the sentence
    right: int  # behind its last
    said: str
    context: str
    cues: tuple[int, ...]
    length: int
    nearest: int  # of the cues; -1 if there are none
    announced: str  # ":" by a colon before it; "/" by one that ends the paragraph before; "-" not
    words: frozenset[str]  # said, in lower case
    runs_on: bool  # it is left open, and goes on in the next paragraph


def _is_title(tokens: Sequence[str]) -> bool:
    """Say whether all but small words have a capital: "Night and Day", but not "Go home, Jane"."""
    return tokens[-1][0].isupper() and all(
        token[0].isupper() for token in tokens if len(token) > _SMALL or not token[0].isalpha()
    )


def _word_count(text: str) -> int:
    return text.count(" ", 0, 400) + 1
