"""What an operator wrote becomes a value, or a sentence that says what to write instead.

No sentence holds what was written: it may be a secret, set in the wrong place.
"""

import re
from collections.abc import Callable, Mapping
from ipaddress import ip_network
from typing import Any
from urllib.parse import urlsplit

_ROOM = re.compile(r"telegram:-?\d{1,20}|slack:[A-Z0-9]+(:[A-Z0-9]+)?", re.ASCII)
_PERSON = re.compile(r"telegram:\d{1,20}|slack:[A-Z0-9]+/[A-Z0-9]+", re.ASCII)
_ADDRESS_WITH_PORT = re.compile(r"(?P<v4>[\d.]+):(?P<port>\d+)|\[(?P<v6>[^\]/]+)\]:(?P<port6>\d+)", re.ASCII)
_PORTS = range(1, 65536)


def web_address(written: str, *, such_as: str) -> str:
    """Return an http:// or https:// address.

    Raises:
        ValueError: it is none.
    """
    try:
        parts = urlsplit(written)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        whole = False
    if not whole or re.search(r"\s", written):
        raise ValueError(f"write a whole address with http:// or https://, such as {such_as}")
    return written


def words(written: object) -> object:
    """Return the entries of a list set apart by commas."""
    if not isinstance(written, str):
        return written
    return tuple(word.strip() for word in written.split(",") if word.strip())


def each(entries: tuple[str, ...], known: Callable[[str], bool], *, form: str) -> tuple[str, ...]:
    """Return `entries`.

    Raises:
        ValueError: some are not `known`; they are named by their places.
    """
    wrong = [str(place) for place, entry in enumerate(entries, start=1) if not known(entry)]
    if wrong:
        raise ValueError(f"entry {', '.join(wrong)} can't be read: write {form}, set apart by commas")
    return entries


def is_room(entry: str) -> bool:
    return _ROOM.fullmatch(entry) is not None


def is_person(entry: str) -> bool:
    return _PERSON.fullmatch(entry) is not None


def is_network(entry: str) -> bool:
    """Say whether it is an address, one with a port, or a network: what the guard of fetches takes."""
    try:
        ip_network(entry, strict=False)
    except ValueError:
        return _is_address_with_port(entry)
    return True


def hint(problem: Mapping[str, Any]) -> str:
    """Return what to write instead, for a problem as pydantic tells of it."""
    limits = problem.get("ctx", {})
    if problem["type"] == "value_error":
        return str(limits["error"])
    return _HINTS.get(problem["type"], "this can't be read: see docs/settings.md").format(**limits)


_HINTS = {
    "bool_parsing": "write true or false",
    "int_parsing": "write a whole number",
    "int_parsing_size": "write a smaller number",
    "int_from_float": "write a whole number",
    "float_parsing": "write a number",
    "finite_number": "write a number",
    "greater_than_equal": "write {ge:g} or more",
    "less_than_equal": "write {le:g} or less",
    "literal_error": "write {expected}",
}


def _is_address_with_port(entry: str) -> bool:
    parts = _ADDRESS_WITH_PORT.fullmatch(entry)
    if parts is None or int(parts["port"] or parts["port6"]) not in _PORTS:
        return False
    try:
        ip_network(parts["v4"] or parts["v6"])
    except ValueError:
        return False
    return True
