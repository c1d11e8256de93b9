"""The articles of a story become its headline: the title, among their own, that says best what happened."""

import re

from digests.compose.theme import Theme, telling_words
from digests.model import Article
from digests.text import fold

_SHORT = 20  # characters; shorter titles rarely say what happened
_LONG = 110
_TOP = 400  # characters of an article in which news are told
_OWN = 0.5  # what it is worth that an article tells at its top what its title says
_FAULT = 0.5  # what a fault costs, times its weight
# What makes a title no plain statement, and how much so.
_FAULTS = (
    (re.compile(r"[?!]\W*$"), 2),
    (re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us|[Yy]ou|[Yy]our)\b(?!\.)"), 3),  # somebody speaks
    (re.compile(r"[^\W\d_]{2}\. [A-Z]"), 1),  # two sentences: a comment
    (
        re.compile(
            r"^(?i:how|why|what|who|where|when|which|is|are|do|does|did|can|will|should|opinion|comment|analysis"
            r"|explainer|watch|video|live|photos|in pictures)\b"
        ),
        2,
    ),
)
_UNSIZED = 2
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_HARM = re.compile(r"\b(?:dead|deaths?|died?|dies|kill(?:s|ed|ing)?|toll|injur\w+|hurt|wounded|missing)\b")
_ROOT = 5  # letters by which words are held to be akin: quake, quakes
_LEAST_SHARED = 2  # words of two titles that tell of one thing
_COUNTED = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()


def clearest(articles: tuple[Article, ...], theme: Theme) -> Article:
    """Return the article whose title says most clearly what happened.

    Where a later title tells the same but counts otherwise (five dead, no longer four), it is the later one.
    """
    best = max(articles, key=lambda article: _clarity(article, theme))
    later = [article for article in articles if _overtakes(article, best)]
    return max(later, key=_published) if later else best


def _clarity(article: Article, theme: Theme) -> float:
    """Return how clearly a title tells the story: in the words of the others, and of its own first lines.

    The weights are those that come nearest to the headlines of editors, in stories of three articles.
    """
    words = telling_words(article.title)
    own = len(words & telling_words(article.text[:_TOP])) / (len(words) or 1)
    return theme.told_in(words, article) + _OWN * own - _FAULT * _faults(article.title)


def _faults(title: str) -> int:
    """Return how far a title is from a plain statement."""
    unsized = 0 if _SHORT <= len(title) <= _LONG else _UNSIZED
    return unsized + sum(cost for pattern, cost in _FAULTS if pattern.search(title))


def _overtakes(article: Article, other: Article) -> bool:
    """Say whether one title tells the same as the other with newer numbers."""
    if _faults(article.title) > _faults(other.title) or _published(article) <= _published(other):
        return False
    numbers, known = _numbers(article.title), _numbers(other.title)
    return bool(numbers and known) and not numbers & known and _tell_the_same(article, other)


def _tell_the_same(article: Article, other: Article) -> bool:
    if _HARM.search(fold(article.title)) and _HARM.search(fold(other.title)):
        return True
    roots = ({word[:_ROOT] for word in telling_words(one.title)} for one in (article, other))
    return len(frozenset.intersection(*map(frozenset, roots)) - set(_COUNTED)) >= _LEAST_SHARED


def _published(article: Article) -> float:
    return article.published.timestamp() if article.published else 0.0


def _numbers(title: str) -> set[str]:
    """Return the numbers of a title; words and digits of one number are the same."""
    words = _NUMBER.findall(fold(title))
    spelled = {str(_COUNTED.index(word) + 2) for word in words if word in _COUNTED}
    return spelled | {word for word in words if word[0].isdigit()}
