"""Words and a lexicon become what can be said of a single word, and which names were met so far."""

from functools import lru_cache
from itertools import compress, count
from operator import ne

from digests.people.lexicon import Lexicon
from digests.people.mentions.headlines import Headlines
from digests.people.mentions.model import FEMALE, MALE, Gender
from digests.text import Words

_SENTENCE_SIGNS = frozenset('.!?…:;\n"“”‘’«»„(—–-•*[')


class Reading:
    """A text while it is read from left to right."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self.words, self.texts, self.lower, self.lexicon = words, words.texts, words.lower, lexicon
        self.size = len(self.texts)
        self.small = set(self.texts).intersection(self.lower)  # words that stand without a capital too
        self.nouns = nouns_of(lexicon)
        self.headlines = Headlines(self.texts)
        self.surnames: set[str] = set()  # of full names so far: "Baker" may be a trade or a name
        self.within: set[str] | None = None  # words with a capital within a sentence; made when asked for
        self.leading: set[int] = set()  # words that open a sentence and a phrase: "Corporate leaders"
        self.given: set[str] = set()  # first words of full names so far
        self.borne: set[str] = set()  # last words of those that begin with a given name

    def is_given(self, index: int) -> bool:
        """Say whether a word is a given name."""
        low = self.lower[index]
        return low in self.lexicon.male_names or low in self.lexicon.female_names

    def opens_sentence(self, index: int) -> bool:
        """Say whether a word may have its capital from its place."""
        return index == 0 or self.texts[index - 1] in _SENTENCE_SIGNS

    def stands_within(self, index: int) -> bool:
        """Say whether a word has its capital within a sentence as well, where it tells that it is a name."""
        if self.within is None:
            capitals = compress(count(), map(ne, self.texts, self.lower))
            self.within = {self.texts[at] for at in capitals if not self.opens_sentence(at)}
        return self.texts[index] in self.within

    def gender_told_by(self, low: str) -> Gender | None:
        """Return the gender that a title or a noun tells: "Mrs", "the chairman"."""
        if low in self.lexicon.male_words:
            return MALE
        return FEMALE if low in self.lexicon.female_words else None


@lru_cache(maxsize=8)
def nouns_of(lexicon: Lexicon) -> frozenset[str]:
    """Return all nouns that stand for somebody."""
    return lexicon.person_nouns | lexicon.group_nouns | lexicon.org_nouns | lexicon.document_nouns


def is_capital(text: str) -> bool:
    """Say whether a word is written like a name: "Masri", "al-Masri", "iPhone"."""
    return text[0].isupper() or (
        len(text) > 2
        and text[0].islower()
        and (
            text[1].isupper()
            or ("-" in text[:4] and text[text.index("-") + 1 : text.index("-") + 2].isupper())
        )
    )
