"""A text, its passages and mentions become one row of items: what stands around each quote, in order.

Each passage and each mention is one item, each other word or sign is one. An item has a letter for what it
does ("S": a word like "said"), so that the way from a quote to a mention is a short string.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from digests.facts.quotes.language import Language
from digests.facts.quotes.marks import Passage
from digests.people import Form, Mention, People
from digests.text import Words

QUOTE, NAME, NOUN, PRONOUN = "Q", "N", "n", "h"
SAYS, TELLS, CALLS, SAYING, ACCORDING = "S", "T", "W", "P", "A"
SENTENCE, PARAGRAPH = ".", "/"
Who = int | str  # index into `People.persons`, or the words of somebody without a name

MENTIONS = frozenset((NAME, NOUN, PRONOUN))
CUES = frozenset((SAYS, TELLS, CALLS, SAYING, ACCORDING))
_FORMS = {Form.NAME: NAME, Form.NOUN: NOUN, Form.PRONOUN: PRONOUN}
_SIGNS = {
    ",": ",",
    ":": ":",
    "'s": "s",
    "’s": "s",
    "(": "(",
    ")": ")",
    ";": ",",
    "–": "-",
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
    of_mention: dict[int, int] = field(
        default_factory=dict
    )  # mention -> item; those inside passages are missing


def scene_of(text: str, passages: Sequence[Passage], people: People, language: Language) -> Scene:
    """Return the row of items of `text`."""
    return _Builder(text, passages, people, letters_of(language)).built()


_CACHE: dict[int, dict[str, str]] = {}


def letters_of(language: Language) -> dict[str, str]:
    """Return the letter of each word that has one."""
    known = _CACHE.get(id(language))
    if known is None:
        known = {}
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
        _CACHE[id(language)] = known
    return known


class _Builder:
    def __init__(self, text: str, passages: Sequence[Passage], people: People, known: dict[str, str]) -> None:
        self.text, self.passages, self.known = text, passages, known
        self.source: Words = people.words
        self.mentions = people.mentions
        self.letters: list[str] = []
        self.words: list[str] = []
        self.refs: list[int] = []
        self.sentence: list[int] = []
        self.paragraph: list[int] = []
        self.sentences = self.paragraphs = 0
        self.of_passage: list[int] = []
        self.of_mention: dict[int, int] = {}

    def built(self) -> Scene:
        texts, starts, size = self.source.texts, self.source.starts, len(self.source.texts)
        passages, mentions, known = self.passages, _outermost(self.mentions), self.known
        index = passage = mention = 0
        while index < size or passage < len(passages):
            if passage < len(passages) and (index >= size or passages[passage].outer.start <= starts[index]):
                end = passages[passage].outer.end
                self._add(QUOTE, "", passage)
                self.of_passage.append(len(self.letters) - 1)
                passage += 1
                while index < size and starts[index] < end:
                    index += 1
                if self._ends_sentence(passages[passage - 1], index):
                    self.sentences += 1
                continue
            while mention < len(mentions) and mentions[mention][1].outer_first < index:
                mention += 1
            if (
                mention < len(mentions)
                and mentions[mention][1].outer_first == index
                and self._outside(mentions[mention][1], passage)
            ):
                number, found = mentions[mention]
                self.of_mention[number] = len(self.letters)
                self._add(_FORMS[found.form], texts[found.first].lower(), number)
                index = found.outer_end
                mention += 1
                continue
            self._word(texts, index, known)
            index += 1
        return Scene(
            text=self.text,
            letters="".join(self.letters),
            words=self.words,
            refs=self.refs,
            passages=passages,
            mentions=self.mentions,
            sentence=self.sentence,
            paragraph=self.paragraph,
            of_passage=self.of_passage,
            of_mention=self.of_mention,
        )

    def _add(self, letter: str, word: str, ref: int) -> None:
        self.letters.append(letter)
        self.words.append(word)
        self.refs.append(ref)
        self.sentence.append(self.sentences)
        self.paragraph.append(self.paragraphs)

    def _outside(self, mention: Mention, passage: int) -> bool:
        return (
            passage >= len(self.passages)
            or self.source.starts[mention.outer_end - 1] < self.passages[passage].outer.start
        )

    def _word(self, texts: list[str], index: int, known: dict[str, str]) -> None:
        text = texts[index]
        if text == "\n":
            if self.letters and self.letters[-1] != PARAGRAPH:
                self._add(PARAGRAPH, "\n", -1)
                self.sentences += 1
                self.paragraphs += 1
            return
        if text in ".!?…":
            if text != "." or self._is_stop(texts, index):
                self._add(SENTENCE, text, -1)
                self.sentences += 1
            return
        low = text.lower()
        letter = known.get(low)
        if letter is None:
            letter = "w" if text[0].isalnum() else "x"
            if letter == "w" and low.endswith("ly") and len(low) > 4:
                letter = "a"
        self._add(letter, low, -1)

    def _is_stop(self, texts: list[str], index: int) -> bool:
        return not (index and (texts[index - 1].lower() in _ABBREVIATIONS or len(texts[index - 1]) == 1))

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
        return not any(self.known.get(word.lower()) in (SAYS, TELLS) for word in texts[index : index + 4])


def who_of(mention: Mention) -> Who:
    """Return the identity that a mention by name or noun stands for."""
    return mention.text if mention.person is None else mention.person


def _outermost(mentions: Sequence[Mention]) -> list[tuple[int, Mention]]:
    """Return the mentions whose phrases lie in no other's, with their numbers, by place."""
    kept: list[tuple[int, Mention]] = []
    for number, mention in enumerate(mentions):
        while (
            kept
            and kept[-1][1].outer_first >= mention.outer_first
            and kept[-1][1].outer_end <= mention.outer_end
        ):
            kept.pop()
        if not kept or mention.outer_first >= kept[-1][1].outer_end:
            kept.append((number, mention))
    return kept


_RUN = re.compile(r"[wpacx-]*[wpcx-][wpacx-]*")


@lru_cache(maxsize=20000)
def path(letters: str) -> str:
    """Return the way between two items in short: each run of plain words is one "w"."""
    short = _RUN.sub("w", letters)
    return short if len(short) <= 9 else "far"
