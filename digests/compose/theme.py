"""The articles of a story become the words that they share: what the story is about."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import sqrt

from digests.model import Article
from digests.text import fold

_HEAD = 1500  # characters that tell what an article is about
_SHARED = 2  # uses: in a title, or in two articles
_ROOT = 5  # letters by which words are held to be akin: pledge, pledged
_WORD = re.compile(r"[^\W_]{3,}")
_LITTLE = frozenset(
    "the and for from with that this than were was are has had have been his her its their they but not you "
    "who will after over into about says said say out new more what when how why off all can one two".split()
)


@dataclass(frozen=True)
class Theme:
    """How often the articles of a story use each word: once at their head, once more in their title."""

    uses: Counter[str]
    by_article: Mapping[str, Counter[str]]  # the same of each, by URL

    @cached_property
    def _roots(self) -> frozenset[str]:
        return frozenset(word[:_ROOT] for word, count in self.uses.items() if count >= _SHARED)

    def holds(self, word: str) -> bool:
        """Say whether a title or two articles use this word, or one akin to it."""
        return word[:_ROOT] in self._roots

    def told_in(self, words: Set[str], article: Article) -> float:
        """Return how much `words` of `article` tell of what the others do.

        The mean over the others of how many they use too, divided by the root of how many there are: a long
        title tells more, but not by as much as it is longer.
        """
        others = len(self.by_article) - 1
        if not words or others < 1:
            return 0.0
        own = self.by_article[article.url]
        return sum(self.uses[word] - own[word] for word in words) / others / sqrt(len(words))


def theme_of(articles: Sequence[Article]) -> Theme:
    """Return what `articles` are about."""
    by_article = {article.url: _uses(article) for article in articles}
    uses: Counter[str] = Counter()
    for own in by_article.values():
        uses.update(own)
    return Theme(uses, by_article)


@lru_cache(maxsize=2048)  # titles and heads: each is asked for by its theme, its headline and its lead
def telling_words(text: str) -> frozenset[str]:
    """Return the words of `text` without those that any text has."""
    return frozenset(_WORD.findall(fold(text))) - _LITTLE


def _uses(article: Article) -> Counter[str]:
    title = telling_words(article.title)
    uses = Counter(title | telling_words(article.text[:_HEAD]))
    uses.update(title)
    return uses
