"""A page's JSON-LD becomes what it says of the article. schema.org/NewsArticle"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_ARTICLES = ("article", "posting", "report")  # ends of schema.org's types: NewsArticle, BlogPosting, ...
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Structured:
    """What a publisher says of an article to machines; empty where it says nothing."""

    body: str = ""  # as written: plain, or markup
    headline: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    free: bool | None = None  # None: not said


def structured_of(blocks: Iterable[str]) -> Structured:
    """Return what JSON-LD blocks say of the page's article."""
    nodes = [node for block in blocks for node in _nodes(_parsed(block))]
    article = next((node for node in nodes if _is_article(node)), {})
    free = [is_free for node in nodes if (is_free := _truth(node.get("isAccessibleForFree"))) is not None]
    return Structured(
        body=_string(article.get("articleBody")),
        headline=_string(article.get("headline")),
        author=_names(article.get("author")),
        published=_string(article.get("datePublished")),
        language=_string(article.get("inLanguage")),
        free=all(free) if free else None,
    )


def _parsed(block: str) -> Any:
    try:
        return json.loads(block, strict=False)  # line breaks inside strings are common
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.lower().endswith(_ARTICLES) for kind in listed)


def _string(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _names(value: Any) -> str:
    people = value if isinstance(value, list) else [value]
    names = [_string(one.get("name")) if isinstance(one, dict) else _string(one) for one in people]
    return ", ".join(name for name in names if name and "://" not in name)[:200]


def _truth(value: Any) -> bool | None:
    return {"true": True, "false": False}.get(str(value).lower())
