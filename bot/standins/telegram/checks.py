"""A call's parameters, held against the published table of methods and types."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent / "bot_api.json"
_SCALARS: dict[str, tuple[type, ...]] = {
    "InputFile": (str, dict),
    "Integer": (int,),
    "Float": (int, float),
    "Boolean": (bool,),
    "String": (str,),
}
_SURROGATE = re.compile("[\ud800-\udfff]")
_MISSING = {"chat_id": "chat_id is empty", "text": "message text is empty"}
_DEEPEST = 32  # objects in objects


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


@cache
def method_named(name: str) -> str:
    """Return a method's name as published; the platform does not mind capitals.

    Raises:
        ApiError: there is no such method.
    """
    for method in table()["methods"]:
        if method.casefold() == name.casefold():
            return str(method)
    raise ApiError(404, "Not Found")


def checked(method: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters with their types, JSON in form fields read.

    Raises:
        ApiError: a parameter is missing, unknown or of a wrong type.
    """
    fields = table()["methods"][method]
    unknown = given.keys() - fields.keys()
    if unknown:
        raise _refusal(f"unknown parameter {', '.join(sorted(unknown))} of {method}")
    missing = [name for name, (_, required, *_) in fields.items() if required and name not in given]
    if missing:
        raise _refusal(_MISSING.get(missing[0], f"parameter {missing[0]} of {method} is missing"))
    return {name: _value(value, fields[name][0], where=name, depth=0) for name, value in given.items()}


def _value(value: Any, kinds: list[str], *, where: str, depth: int) -> Any:
    """Return `value` as the first of `kinds` that it is.

    Raises:
        ApiError: it is none of them.
    """
    if depth > _DEEPEST:
        raise _refusal(f"can't parse {where}: nested too deep")
    reasons = []
    for kind in kinds:
        try:
            return _as(value, kind, where=where, depth=depth)
        except ApiError as error:
            reasons.append(error)
    raise reasons[0] if len(kinds) == 1 else _refusal(f"{where} is neither: {'; '.join(map(str, reasons))}")


def _as(value: Any, kind: str, *, where: str, depth: int) -> Any:
    if kind in _SCALARS:
        return _scalar(value, kind, where=where)
    if isinstance(value, str):
        value = _read(value, where=where)
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            raise _refusal(f"can't parse {where}: expected an Array")
        inner = [kind.removeprefix("Array of ")]
        return [_value(one, inner, where=f"{where}[{at}]", depth=depth + 1) for at, one in enumerate(value)]
    return _object(value, kind, where=where, depth=depth + 1)


def _scalar(value: Any, kind: str, *, where: str) -> Any:
    """Return a scalar; form fields hold numbers and booleans as text."""
    if isinstance(value, str) and kind in ("Integer", "Float", "Boolean"):
        value = _read(value.lower() if kind == "Boolean" else value, where=where)
    if not isinstance(value, _SCALARS[kind]) or (isinstance(value, bool) and kind != "Boolean"):
        raise _refusal(f"{where} must be {kind}")
    if isinstance(value, str) and _SURROGATE.search(value):
        raise _refusal("strings must be encoded in UTF-8")
    return value


def _object(value: Any, kind: str, *, where: str, depth: int) -> Any:
    fields = table()["types"].get(kind)
    if isinstance(fields, list):
        return _value(value, fields, where=where, depth=depth)
    if not isinstance(value, dict) or fields is None:
        raise _refusal(f"can't parse {where}: expected {kind}")
    value = {name: one for name, one in value.items() if one is not None}
    unknown = sorted(value.keys() - fields.keys())
    missing = [name for name, (_, required, *_) in fields.items() if required and name not in value]
    if unknown or missing:
        wrong = f"unknown field {unknown[0]}" if unknown else f"field {missing[0]} is missing"
        raise _refusal(f"can't parse {kind} in {where}: {wrong}")
    return {
        name: _field(one, fields[name], where=f"{where}.{name}", depth=depth) for name, one in value.items()
    }


def _field(value: Any, field: list[Any], *, where: str, depth: int) -> Any:
    kinds, _, *constant = field
    if constant and value != constant[0]:
        raise _refusal(f"{where} must be {constant[0]}")
    return _value(value, kinds, where=where, depth=depth)


def _read(text: str, *, where: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise _refusal(f"can't parse {where}: can't parse JSON") from error


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _refusal(reason: str) -> ApiError:
    return ApiError(400, f"Bad Request: {reason}")
