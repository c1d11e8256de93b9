"""New articles join the stories they belong to, or begin one.

Words are weighted by how rare they are among the articles at hand (TF-IDF); an article joins the story whose
articles are on average the most like it, if they are like enough: average linkage, in order of arrival, so
that a story keeps its identity as articles join.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from digests.model import Article, Story
from digests.text import fold

LIKE_ENOUGH = 0.22  # cosine; see `python -m bench quality stories`
WINDOW = timedelta(days=3)  # an event's articles lie no further apart
_TITLE_WEIGHT = 2  # a word of the title counts as often as this
_LEADING_WORDS = 250  # the head of an article tells what it is about
_WORD = re.compile(r"[^\W_]{2,}")

Vector = dict[str, float]


def group(articles: Sequence[Article], stories: Sequence[Story]) -> tuple[Story, ...]:
    """Return the stories that are new or have grown: `articles` in the order given join `stories`."""
    known = [article for story in stories for article in story.articles]
    rarity = _rarity([*known, *articles])
    groups = _Groups([_Group(story, [_vector(a, rarity) for a in story.articles]) for story in stories])
    changed: dict[int, _Group] = {}
    for article in articles:
        grown = groups.place(article, _vector(article, rarity))
        changed[id(grown)] = grown
    return tuple(grown.story for grown in changed.values())


@dataclass(slots=True)
class _Group:
    story: Story
    vectors: list[Vector]
    total: Vector = field(default_factory=dict)

    def __post_init__(self) -> None:
        for vector in self.vectors:
            self._sum(vector)

    def add(self, article: Article, vector: Vector) -> None:
        self.story = replace(self.story, articles=(*self.story.articles, article))
        self.vectors.append(vector)
        self._sum(vector)

    def likeness(self, vector: Vector) -> float:
        """Return the mean cosine between `vector` and the articles of this story."""
        total = self.total
        return sum(weight * total.get(word, 0.0) for word, weight in vector.items()) / len(self.vectors)

    def is_near(self, article: Article) -> bool:
        """Say whether one of the story's articles is close enough in time; unknown times are."""
        return any(_apart(article, other) <= WINDOW for other in self.story.articles)

    def _sum(self, vector: Vector) -> None:
        for word, weight in vector.items():
            self.total[word] = self.total.get(word, 0.0) + weight


class _Groups:
    """All stories, found by the words that their articles use."""

    def __init__(self, groups: Iterable[_Group]) -> None:
        self._by_word: defaultdict[str, list[_Group]] = defaultdict(list)
        for one in groups:
            self._index(one, one.total)

    def place(self, article: Article, vector: Vector) -> _Group:
        best = self._best(article, vector)
        if best is None:
            best = _Group(Story(articles=(article,)), [vector])
            self._index(best, vector)
            return best
        self._index(best, vector.keys() - best.total.keys())
        best.add(article, vector)
        return best

    def _best(self, article: Article, vector: Vector) -> _Group | None:
        telling = sorted(vector, key=lambda word: (-vector[word], word))[:20]
        near = {id(one): one for word in telling for one in self._by_word[word] if one.is_near(article)}
        scored = [(one.likeness(vector), one) for one in near.values()]
        likeness, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        return best if likeness >= LIKE_ENOUGH else None

    def _index(self, one: _Group, words: Iterable[str]) -> None:
        for word in words:
            self._by_word[word].append(one)


def _apart(one: Article, other: Article) -> timedelta:
    if one.published is None or other.published is None:
        return timedelta(0)
    return abs(one.published - other.published)


def _rarity(articles: Sequence[Article]) -> dict[str, float]:
    """Return the inverse document frequency of each word; one article alone has all words alike."""
    seen = Counter(word for article in articles for word in set(_words(article)))
    count = len(articles)
    return {word: math.log((1 + count) / (1 + number)) + 0.1 for word, number in seen.items()}


def _vector(article: Article, rarity: dict[str, float]) -> Vector:
    counts = Counter(_words(article))
    weights = {word: (1 + math.log(count)) * rarity[word] for word, count in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()} if length else {}


def _words(article: Article) -> list[str]:
    title = _WORD.findall(fold(article.title))
    return title * _TITLE_WEIGHT + _WORD.findall(fold(article.text[: _LEADING_WORDS * 8]))[:_LEADING_WORDS]
