"""A call's parameters, held against the published table of methods and types."""

import json
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent / "bot_api.json"
_ALIASES = {
    "InputFile": (str, dict),
    "Integer": (int,),
    "Float": (int, float),
    "Boolean": (bool,),
    "String": (str,),
}


class ApiError(Exception):
    """What the platform answers instead of a result."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@cache
def table() -> dict[str, Any]:
    """Return the published methods and types: see `generate`."""
    found: dict[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    return found


def checked(method: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters with their types, JSON in form fields read.

    Raises:
        ApiError: the method is unknown, a parameter missing, unknown or of a wrong type.
    """
    fields = table()["methods"].get(method)
    if fields is None:
        raise ApiError(404, "Not Found")
    unknown = given.keys() - fields.keys()
    if unknown:
        raise ApiError(400, f"Bad Request: unknown parameter {', '.join(sorted(unknown))} of {method}")
    missing = [name for name, (_, required) in fields.items() if required and name not in given]
    if missing:
        raise ApiError(400, f"Bad Request: parameter {missing[0]} of {method} is missing")
    return {name: _value(value, fields[name][0], where=name) for name, value in given.items()}


def _value(value: Any, kinds: list[str], *, where: str) -> Any:
    """Return `value` as one of `kinds`.

    Raises:
        ApiError: it is none of them.
    """
    reasons = []
    for kind in kinds:
        try:
            return _as(value, kind, where=where)
        except ApiError as error:
            reasons.append(error)
    raise reasons[-1]


def _as(value: Any, kind: str, *, where: str) -> Any:
    if kind in _ALIASES:
        return _scalar(value, kind, where=where)
    if isinstance(value, str):
        value = _read(value, where=where)
    if kind.startswith("Array of "):
        inner = kind.removeprefix("Array of ")
        if not isinstance(value, list):
            raise ApiError(400, f"Bad Request: can't parse {where}: expected an array")
        return [_as(one, inner, where=f"{where}[{at}]") for at, one in enumerate(value)]
    return _object(value, kind, where=where)


def _scalar(value: Any, kind: str, *, where: str) -> Any:
    """Return a scalar; form fields hold numbers and booleans as text."""
    if isinstance(value, str) and kind in ("Integer", "Float", "Boolean"):
        value = _read(value.lower() if kind == "Boolean" else value, where=where)
    wanted = _ALIASES[kind]
    if not isinstance(value, wanted) or (isinstance(value, bool) and kind != "Boolean"):
        raise ApiError(400, f"Bad Request: {where} must be {kind}")
    return value


def _object(value: Any, kind: str, *, where: str) -> Any:
    fields = table()["types"].get(kind)
    if isinstance(fields, list):
        return _value(value, fields, where=where)
    if not isinstance(value, dict) or fields is None:
        raise ApiError(400, f"Bad Request: can't parse {where}: expected {kind}")
    unknown = value.keys() - fields.keys()
    missing = [name for name, (_, required) in fields.items() if required and name not in value]
    if unknown or missing:
        raise ApiError(400, f"Bad Request: {where} is no {kind}: {sorted(unknown) or missing}")
    return {name: _value(one, fields[name][0], where=f"{where}.{name}") for name, one in value.items()}


def _read(text: str, *, where: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise ApiError(400, f"Bad Request: can't parse {where}") from error
