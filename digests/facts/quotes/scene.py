"""A text, its passages and mentions become one row of items: what stands around each quote, in order.

Each passage and each mention is one item, each other word or sign is one. An item has a letter for what it
does ("S": a word like "said"), so that the way from a quote to a mention is a short string.
"""

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import compress, count

from digests.facts.quotes.language import Language
from digests.facts.quotes.marks import Passage
from digests.people import BY_NAME, BY_NOUN, BY_PRONOUN, ORGANISATION, Mention, People
from digests.text import Words

QUOTE, NAME, NOUN, PRONOUN = "Q", "N", "n", "h"
SAYS, TELLS, CALLS, SAYING, ACCORDING = "S", "T", "W", "P", "A"
SENTENCE, PARAGRAPH = ".", "/"
Who = int | str  # index into `People.persons`, or the words of somebody without a name

MENTIONS = frozenset((NAME, NOUN, PRONOUN))
CUES = frozenset((SAYS, TELLS, CALLS, SAYING, ACCORDING))
_FORMS = {BY_NAME: NAME, BY_NOUN: NOUN, BY_PRONOUN: PRONOUN}
_UNSURE = frozenset((SENTENCE, PARAGRAPH, SAYING, "-"))  # letters that what stands before may change
_REMEMBERED = 50000  # words
_ASIDE = 7  # words in brackets behind a name, with the brackets
_OPENS_CLAUSE = frozenset("c-")  # letters before a subject that has "saying" right behind it
_STOP = re.compile(r"[./]")
_NAMED = re.compile(r"[Nn]")
_SIGNS = {
    ",": ",",
    ":": ":",
    "'s": "s",
    "’s": "s",
    "(": "(",
    ")": ")",
    ";": ",",
    "–": "-",
    "―": "-",
    "—": "-",
    "-": "-",
}
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen sen rep gov lt col sgt capt st jr sr rev hon vs etc inc ltd co corp no".split()
)


@dataclass(slots=True)
class Scene:
    """The items of one article."""

    text: str
    letters: str  # one letter an item
    words: list[str]  # of an item in lower case; "" for a passage
    refs: list[int]  # index of its passage or mention; -1
    passages: Sequence[Passage]
    mentions: Sequence[Mention]
    sentence: list[int]  # number of the sentence that holds the item
    paragraph: list[int]
    of_passage: list[int]  # the item of each passage
    named: list[int]  # the items that are names or phrases
    spoken: frozenset[str]  # nouns for what somebody says
    of_mention: dict[int, int] = field(
        default_factory=dict
    )  # mention -> item; those inside passages are missing


def scene_of(text: str, passages: Sequence[Passage], people: People, language: Language) -> Scene:
    """Return the row of items of `text`."""
    return _Builder(text, passages, people, language).built()


@lru_cache(maxsize=8)
def letters_of(language: Language) -> dict[str, str]:
    """Return the letter of each word, kept once it is asked for."""
    known = _Letters()
    for group, letter in (
        (language.prepositions, "p"),
        (language.conjunctions, "c"),
        (language.relatives, "r"),
        (language.that, "t"),
        (language.by, "b"),
        (language.adverbs, "a"),
        (language.calls, CALLS),
        (language.says, SAYS),
        (language.saying, SAYING),
        (language.tells, TELLS),
        (language.according, ACCORDING),
    ):
        known.update(dict.fromkeys(group, letter))
    known.update(_SIGNS)
    return known


class _Letters(dict[str, str]):
    """The letters of words: those that a list has, and what the others look like."""

    def __missing__(self, low: str) -> str:
        letter = _shape(low)
        if len(self) < _REMEMBERED:
            self[low] = letter
        return letter


def _shape(low: str) -> str:
    """Return the letter of a word that no list has."""
    if low == "\n":
        return PARAGRAPH
    if low in ".!?…":
        return SENTENCE
    if not low[0].isalnum():
        return "x"
    return "a" if low.endswith("ly") and len(low) > 4 else "w"


class _Builder:
    def __init__(
        self,
        text: str,
        passages: Sequence[Passage],
        people: People,
        language: Language,
    ) -> None:
        self.text, self.passages = text, passages
        self.language, self.known = language, letters_of(language)
        self.source: Words = people.words
        self.lower = self.source.lower
        self.all_letters = list(map(self.known.__getitem__, self.lower))
        self.unsure = list(compress(count(), map(_UNSURE.__contains__, self.all_letters)))
        self.mentions = people.mentions
        self.letters: list[str] = []
        self.words: list[str] = []
        self.refs: list[int] = []
        self.ends: set[int] = set()  # items behind which a sentence ends
        self.of_passage: list[int] = []
        self.of_mention: dict[int, int] = {}

    def built(self) -> Scene:
        starts, size = self.source.starts, len(self.source.texts)
        index = 0
        mentions = deque(_outermost(self.mentions))
        for number, passage in enumerate(self.passages):
            opening = min(bisect_left(starts, passage.outer.start, index), size)
            self._walk(index, opening, mentions)
            index = max(index, bisect_left(starts, passage.outer.end, opening))
            self.of_passage.append(len(self.letters))
            self._add(QUOTE, "", number)
            if self._ends_sentence(passage, index):
                self.ends.add(len(self.letters) - 1)
        self._walk(index, size, mentions)
        letters = "".join(self.letters)
        sentence, paragraph = self._numbers(letters)
        return Scene(
            text=self.text,
            letters=letters,
            words=self.words,
            refs=self.refs,
            passages=self.passages,
            mentions=self.mentions,
            sentence=sentence,
            paragraph=paragraph,
            of_passage=self.of_passage,
            of_mention=self.of_mention,
            spoken=self.language.spoken,
            named=[named.start() for named in _NAMED.finditer(letters)],
        )

    def _walk(self, index: int, end: int, mentions: deque[tuple[int, Mention]]) -> None:
        """Add the words from `index` to `end`, each mention that lies in between as one item."""
        while mentions and mentions[0][1].outer_first < end:
            number, mention = mentions.popleft()
            if mention.outer_first < index or mention.outer_end > end:
                continue  # begins or ends inside a passage
            self._plain(index, mention.outer_first)
            if mention.form is BY_PRONOUN and mention.kind is ORGANISATION and self._is_object():
                index = mention.outer_first
                continue
            self._without_article()
            self.of_mention[number] = len(self.letters)
            if self.words and self.words[-1] in self.language.quoting:
                self.letters[-1] = "w"  # "quoted him as saying": he speaks
            self._add(_FORMS[mention.form], self.lower[mention.first], number)
            index = self._behind_aside(mention.outer_end, end)
        self._plain(index, end)

    def _without_article(self) -> None:
        """Take back the article before a name, which a phrase has within: "on the Arlen" is "on Arlen"."""
        if self.words and self.refs[-1] < 0 and self.words[-1] in self.language.articles:
            for row in (self.letters, self.words, self.refs):
                row.pop()

    def _behind_aside(self, index: int, end: int) -> int:
        """Return where a text goes on behind a mention and a few words in brackets: "Jane Roe (D-Arlen)"."""
        if index < end and self.lower[index] == "(":
            close = self.lower[index : min(end, index + _ASIDE)]
            if ")" in close and "\n" not in close:
                return index + close.index(")") + 1
        return index

    def _is_object(self) -> bool:
        """Say whether what comes next is the object of a cue: "called it"."""
        return bool(self.letters) and self.letters[-1] in (CALLS, TELLS, SAYS)

    def _plain(self, index: int, end: int) -> None:
        """Add the words from `index` to `end`; only those that depend on what is before are looked at."""
        for at in self.unsure[bisect_left(self.unsure, index) : bisect_left(self.unsure, end)]:
            self._run(index, at)
            letter = self._letter(self.all_letters[at], at)
            if letter:
                self._add(letter, self.lower[at], -1)
            index = at + 1
        self._run(index, end)

    def _run(self, index: int, end: int) -> None:
        if index == end:
            return
        self.letters += self.all_letters[index:end]
        self.words += self.lower[index:end]
        self.refs += [-1] * (end - index)

    def _letter(self, letter: str, index: int) -> str:
        """Return the letter of a word as it stands here; "" where nothing is to be added."""
        if letter == PARAGRAPH:
            return PARAGRAPH if self.letters and self.letters[-1] != PARAGRAPH else ""
        if letter == SENTENCE:
            return SENTENCE if self.lower[index] != "." or self._is_stop(index) else ""
        if letter == SAYING:
            return SAYS if self._has_own_subject() else SAYING
        return ACCORDING if self._is_byline(index) else letter

    def _has_own_subject(self) -> bool:
        """Say whether the subject stands right before "saying": "with Roe saying", "and Roe saying"."""
        if len(self.letters) < 2 or self.letters[-1] not in MENTIONS:
            return False
        return self.letters[-2] in _OPENS_CLAUSE or self.words[-2] in self.language.along

    def _is_byline(self, index: int) -> bool:
        """Say whether a dash between a whole quote and a name says who said it: "It is late." - Jane Roe."""
        if not self.letters or self.letters[-1] != QUOTE or index + 1 >= len(self.source.texts):
            return False
        passage = self.passages[self.refs[-1]]
        return self.text[passage.span.end - 1] in ".!?" and self.source.texts[index + 1][:1].isupper()

    def _add(self, letter: str, word: str, ref: int) -> None:
        self.letters.append(letter)
        self.words.append(word)
        self.refs.append(ref)

    def _numbers(self, letters: str) -> tuple[list[int], list[int]]:
        """Return for each item the number of its sentence and of its paragraph."""
        sentence: list[int] = []
        paragraph: list[int] = []
        paragraphs = 0
        stops = self.ends.union(stop.start() for stop in _STOP.finditer(letters))
        for number, at in enumerate((*sorted(stops), len(letters) - 1)):
            items = at + 1 - len(sentence)
            sentence += [number] * items
            paragraph += [paragraphs] * items
            paragraphs += letters[at : at + 1] == PARAGRAPH
        return sentence, paragraph

    def _is_stop(self, index: int) -> bool:
        if index == 0:
            return True
        return self.lower[index - 1] not in _ABBREVIATIONS and not _is_letter(self.source.texts[index - 1])

    def _ends_sentence(self, passage: Passage, index: int) -> bool:
        """Say whether a sentence ends with this passage: it has a stop at its end, and a new one begins."""
        last = self.text[passage.span.end - 1]
        texts = self.source.texts
        if index >= len(texts) or last not in ".!?…":
            return not passage.closed
        after = texts[index]
        if after[0].islower():
            return False
        if last == ".":
            return True
        return not any(self.known[low] in (SAYS, TELLS) for low in self.lower[index : index + 4])


def _is_letter(text: str) -> bool:
    return len(text) == 1 and text.isalpha()


def who_of(mention: Mention) -> Who:
    """Return the identity that a mention by name or noun stands for."""
    return mention.text if mention.person is None else mention.person


def _outermost(mentions: Sequence[Mention]) -> list[tuple[int, Mention]]:
    """Return the mentions whose phrases lie in no other's, with their numbers, by place.

    A name takes the place of the phrase it shares words with: "the coach, Jane Roe" is Jane Roe.
    """
    kept: list[tuple[int, Mention]] = []
    for number, mention in sorted(
        enumerate(mentions), key=lambda pair: (pair[1].outer_first, -pair[1].outer_end)
    ):
        last = kept[-1][1] if kept else None
        if last is None or mention.outer_first >= last.outer_end:
            kept.append((number, mention))
        elif (
            (mention.outer_end > last.outer_end and last.form is BY_NOUN and mention.form is BY_NAME)
            or (
                mention.end == mention.outer_end == last.end
                and last.form is BY_NOUN
                and mention.titled is not None
            )
            or (last.form is BY_NAME and mention.form is BY_NOUN and _owns(last, mention))
        ):
            kept[-1] = number, mention
    return kept


def _owns(name: Mention, phrase: Mention) -> bool:
    """Say whether a phrase begins with the name of an owner: "Roe's doctor" is not Roe."""
    return phrase.first == name.first < name.end < phrase.end


_RUN = re.compile(r"[wpacx-]*[wpcx-][wpacx-]*")


@lru_cache(maxsize=20000)
def path(letters: str) -> str:
    """Return the way between two items in short: each run of plain words is one "w"."""
    short = _RUN.sub("w", letters)
    return short if len(short) <= 9 else "far"
