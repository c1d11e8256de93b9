"""`python -m bench collect`: what collecting holds to, measured, beside its targets."""

from collections.abc import Iterable
from pathlib import Path

from bench.collect import addresses, bodies, hostile, identity, pages, parsing, thousands
from bench.collect.table import Line, show


def main(data: Path | None) -> int:
    """Print a line a measure; return 1 if one misses its target."""
    missed = 0
    for line in _lines(data):
        show(line)
        missed += not line.met
    return 1 if missed else 0


def _lines(data: Path | None) -> Iterable[Line]:
    yield from parsing.measure(data)
    yield from pages.measure(data)
    yield _identities()
    yield from addresses.measure()
    yield from bodies.measure()
    yield from hostile.measure()
    yield from thousands.measure()


def _identities() -> Line:
    result = identity.measure()
    value = f"{result.repeated} repeats, {result.lost} lost of {result.shown}"
    met = not result.repeated and not result.lost
    return Line(f"{result.feeds} scripted feeds, {identity.POLLS} polls", value, "0 repeats, 0 lost", met)
