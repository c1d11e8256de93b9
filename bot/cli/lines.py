"""A line of JSON becomes the fields of an article, or what is wrong with it, in our own words."""

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NoReturn

from digests.model import Article

_TEXTS = ("title", "text", "html", "url", "lang", "published")


class BadLine(Exception):
    """`str(self)` is what whoever wrote the line should know."""


def fields_of(line: bytes) -> dict[str, Any]:
    """Return the object that a line holds.

    Raises:
        BadLine: it holds none, or what can't be said again in JSON.
    """
    if not line.strip():
        raise BadLine("the line is empty: write one JSON object a line")
    try:
        data = json.loads(line, parse_constant=_refuse, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise _unreadable(f"something is wrong at character {error.pos + 1}") from error
    except UnicodeDecodeError as error:
        raise _unreadable("it is not UTF-8") from error
    except RecursionError as error:
        raise _unreadable("it is nested too deeply") from error
    except ValueError as error:  # Python's limit on the digits of an int
        raise _unreadable("a number in it is too long") from error
    if not isinstance(data, dict):
        raise BadLine("the line is not a JSON object: write {...}")
    return data


def name_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the line's "id" as it goes into the answer, whatever it is; nothing if it has none.

    Raises:
        BadLine: it can be read, but not written.
    """
    name = {"id": data["id"]} if "id" in data else {}
    try:
        json.dumps(name)
    except RecursionError as error:
        raise _unreadable("its id is nested too deeply") from error
    return name


def article_from(data: Mapping[str, Any], *, language: str) -> Article:
    """Return the article of a line, its text empty where the line has HTML instead.

    Raises:
        BadLine: a field is missing or of the wrong kind.
    """
    for field in _TEXTS:
        if data.get(field) is not None and not isinstance(data[field], str):
            raise BadLine(f"{field} is not a string")
    if data.get("text") is None and data.get("html") is None:
        raise BadLine("the line has neither text nor html")
    return Article(
        url=data.get("url") or "",
        title=data.get("title") or "",
        text=data.get("text") or "",
        language=data.get("lang") or language,
        published=_time(data.get("published")),
    )


def _refuse(constant: str) -> NoReturn:
    raise _unreadable(f"{constant} is no number in JSON")


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise _unreadable("a number in it is too large")
    return number


def _unreadable(why: str) -> BadLine:
    return BadLine(f"the line is not JSON that we can read: {why}")


def _time(written: str | None) -> datetime | None:
    """Return an aware time; None where there is none, or one that nobody can read."""
    try:
        parsed = datetime.fromisoformat(written) if written else None
    except ValueError:
        return None
    return parsed.replace(tzinfo=UTC) if parsed and parsed.tzinfo is None else parsed
