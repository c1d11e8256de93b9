"""A measure becomes a line of the table, beside its target."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    measure: str
    value: str
    target: str
    met: bool


def show(line: Line) -> None:
    """Print a line as soon as it is known: some of them take minutes."""
    print(
        f"{'met ' if line.met else 'MISS'} | {line.measure:<58} | {line.value:<34} | {line.target}",
        flush=True,
    )
