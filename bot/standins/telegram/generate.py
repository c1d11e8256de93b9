"""The Bot API as published becomes `bot_api.json`: methods and types with their fields, and nothing else.

python -m bot.standins.telegram.generate telegram-bot-api.json
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent / "bot_api.json"
_TYPE = re.compile(r"[A-Z]\w+")
_TELLS_APART = ("type", "source", "status")
_CONSTANT = re.compile(r'(?:must be|always) "?(\w+)"?\.?$')


def table_of(spec: dict[str, Any]) -> dict[str, Any]:
    """Return methods and the types that their parameters need: name -> field -> [types, required].

    What tells the types of a union apart has its value too: [types, required, value].
    """
    methods = {name: _fields(method) for name, method in spec["methods"].items()}
    types: dict[str, Any] = {}
    _collect(methods.values(), spec["types"], types)
    return {"version": spec["version"], "methods": methods, "types": dict(sorted(types.items()))}


def _fields(thing: dict[str, Any]) -> dict[str, list[Any]]:
    return {
        field["name"]: [field["types"], field["required"], *_constant(field)]
        for field in thing.get("fields", [])
    }


def _constant(field: dict[str, Any]) -> list[str]:
    found = _CONSTANT.search(field["description"]) if field["name"] in _TELLS_APART else None
    return [found[1]] if found else []


def _collect(things: Any, spec: dict[str, Any], types: dict[str, Any]) -> None:
    for fields in list(things):
        named = {name for kinds, *_ in fields.values() for kind in kinds for name in _TYPE.findall(kind)}
        for name in sorted(named & spec.keys() - types.keys()):
            _add(name, spec, types)


def _add(name: str, spec: dict[str, Any], types: dict[str, Any]) -> None:
    subtypes = spec[name].get("subtypes")
    if subtypes:
        types[name] = subtypes
        for subtype in subtypes:
            if subtype not in types:
                _add(subtype, spec, types)
    else:
        types[name] = _fields(spec[name])
        _collect([types[name]], spec, types)


if __name__ == "__main__":
    table = table_of(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    TABLE.write_text(json.dumps(table, separators=(",", ":")) + "\n", encoding="utf-8")
