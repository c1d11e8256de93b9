"""Count how rare words are in general: `python -m bench train stories --data DIR` writes rarity.txt.

Kept are words that articles use often and mostly write small: which names are in the news changes, and is
learnt from the articles at hand. A line is a number N and the words that one in 2 ** (N / 2) articles uses.
"""

import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from digests.model import Article
from digests.stories.words import terms_of

TABLE = Path(__file__).parent.parent / "digests" / "stories" / "rarity.txt"
SOURCE = "allsides.train.jsonl"
_LEAST = 6  # articles


def main(data: Path | None) -> int:
    """Write the table from the training articles of `data`. 2: there are none."""
    if data is None:
        print("bench train stories: name the labelled data with --data", file=sys.stderr)
        return 2
    lines = (data / "stories" / SOURCE).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    articles = [Article(url="", title=row["title"], text=row["text"]) for row in rows]
    TABLE.write_text("".join(_lines(articles)), encoding="utf-8")
    print(f"{TABLE.name}: from {len(articles)} articles")
    return 0


def _lines(articles: list[Article]) -> Iterable[str]:
    terms = [terms_of(article) for article in articles]
    uses = Counter(word for some in terms for word in some.words)
    names = Counter(name[1:] for some in terms for name in some.names)
    classes: defaultdict[int, list[str]] = defaultdict(list)
    for word, count in uses.items():
        if count >= _LEAST and word.isascii() and word.isalpha() and 2 * names[word] < count:
            classes[round(-2 * math.log2(count / len(articles)))].append(word)
    for exponent, words in sorted(classes.items()):
        yield f"{exponent} {' '.join(sorted(words))}\n"
