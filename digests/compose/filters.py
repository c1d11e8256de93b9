"""What a reader types becomes a filter: plain words, `-word`, `"a phrase"`; none is a regular expression."""

import re
from dataclasses import dataclass

from digests.model import Article
from digests.text import fold

_PART = re.compile(r"(-?)(?:[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]?|([^\s\"“”„«»]+))")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Filter:
    """Each phrase is folded words between single spaces; a single word is a phrase too."""

    wanted: tuple[str, ...] = ()  # one of them at least must occur, if there are any
    unwanted: tuple[str, ...] = ()  # none may

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)

    def passes(self, article: Article) -> bool:
        """Say whether the title and text of `article` are what the reader wants."""
        return self.passes_words(words_in(article))

    def passes_words(self, words: str) -> bool:
        """Say so of what `words_in` returned: worth keeping where many ask about one article."""
        return self.asks_for(words) and not self.rejects(words)

    def asks_for(self, words: str) -> bool:
        """Say whether one of the words that must occur does, if there are any."""
        return not self.wanted or any(f" {phrase} " in words for phrase in self.wanted)

    def rejects(self, words: str) -> bool:
        """Say whether one of the words that may not occur does."""
        return any(f" {phrase} " in words for phrase in self.unwanted)


def filter_of(typed: str) -> Filter:
    """Return the filter that a reader typed; signs without a word mean nothing."""
    wanted, unwanted = list[str](), list[str]()
    for minus, phrase, word in _PART.findall(typed):
        words = bare_words(phrase or word).strip()
        if words:
            (unwanted if minus else wanted).append(words)
    return Filter(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)))


def words_in(article: Article) -> str:
    """Return the bare words of an article's title and text."""
    return bare_words(f"{article.title}\n{article.text}")


def bare_words(text: str) -> str:
    """Return the folded words of `text`, one space before, between and behind them."""
    return f" {' '.join(_WORD.findall(fold(text)))} "
