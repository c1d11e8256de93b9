"""A shape says what JSON must look like; held against a thing, it yields what is wrong with it, and where."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Problems = Iterator[str]  # as the platform words them: "must be … [json-pointer:/blocks/0/text]"
Shape = Callable[[Any, str], Problems]
"""Takes a thing and its place, and yields what is wrong with it."""


def words(least: int, most: int) -> Shape:
    """Return the shape of a string of so many characters."""

    def check(thing: Any, at: str) -> Problems:
        if not isinstance(thing, str):
            yield _problem("must be a string", at)
        elif len(thing) < least:
            yield _problem(f"must be more than {least - 1} characters", at)
        elif len(thing) > most:
            yield _problem(f"must be less than {most + 1} characters", at)

    return check


def number(least: int, most: int) -> Shape:
    """Return the shape of a whole number between two others."""

    def check(thing: Any, at: str) -> Problems:
        if not isinstance(thing, int) or isinstance(thing, bool) or not least <= thing <= most:
            yield _problem(f"must be a number from {least} to {most}", at)

    return check


def one_of(*values: Any) -> Shape:
    """Return the shape of one of these values."""

    def check(thing: Any, at: str) -> Problems:
        if not any(thing is value or (isinstance(thing, str) and thing == value) for value in values):
            yield _problem(f"must be one of {', '.join(map(str, values))}", at)

    return check


flag = one_of(True, False)


def listed(inner: Shape, least: int, most: int) -> Shape:
    """Return the shape of a list of so many things of a shape."""

    def check(thing: Any, at: str) -> Problems:
        if not isinstance(thing, list):
            yield _problem("must be an array", at)
            return
        if len(thing) < least:
            yield _problem(f"must provide at least {least} items", at)
        if len(thing) > most:
            yield _problem(f"no more than {most} items allowed", at)
        for place, one in enumerate(thing):
            yield from inner(one, f"{at}/{place}")

    return check


def fields(needed: Mapping[str, Shape], allowed: Mapping[str, Shape] | None = None) -> Shape:
    """Return the shape of an object that has the one fields, and may have the others."""
    known = {**needed, **(allowed or {})}

    def check(thing: Any, at: str) -> Problems:
        if not isinstance(thing, dict):
            yield _problem("must be an object", at)
            return
        for name in needed:
            if name not in thing:
                yield _problem(f"missing required field: {name}", at)
        for name, value in thing.items():
            if name in known:
                yield from known[name](value, f"{at}/{name}")
            else:
                yield _problem(f"no more fields allowed: {name}", at)

    return check


def kinds(shapes: Mapping[str, Shape]) -> Shape:
    """Return the shape of an object that has one of several, by its field `type`."""

    def check(thing: Any, at: str) -> Problems:
        kind = thing.get("type") if isinstance(thing, dict) else None
        if not isinstance(kind, str) or kind not in shapes:
            yield _problem(f"unsupported type: {kind}", at)
        else:
            yield from shapes[kind](thing, at)

    return check


def _problem(what: str, at: str) -> str:
    return f"[ERROR] {what} [json-pointer:{at}]"
