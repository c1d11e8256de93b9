"""Units become clusters: the two most alike on average are joined, until none are alike enough."""

from collections.abc import Callable, Sequence
from itertools import combinations
from math import inf
from typing import TypeVar

T = TypeVar("T")
Near = tuple[float, int]


def linked(units: Sequence[Sequence[T]], *, likeness: Callable[[T, T], float], least: float) -> list[list[T]]:
    """Return clusters of the things in `units` by average linkage; things of a unit stay together.

    Joined are always the two clusters whose things are the most alike on average over all pairs, as long as
    that is `least` or more. Time grows with the square of the number of things.
    """
    clusters = {number: list(unit) for number, unit in enumerate(units)}
    means = {number: dict[int, float]() for number in clusters}
    for one, other in combinations(clusters, 2):
        mean = _mean(clusters[one], clusters[other], likeness)
        means[one][other] = means[other][one] = mean
    best = {number: _nearest(row) for number, row in means.items()}
    while len(clusters) > 1:
        (mean, negative), one = max((near, number) for number, near in best.items())
        if mean < least:
            break
        _join(one, -negative, clusters, means, best)
    return list(clusters.values())


def _mean(one: Sequence[T], other: Sequence[T], likeness: Callable[[T, T], float]) -> float:
    total = sum([likeness(a, b) for a in one for b in other])
    return total / (len(one) * len(other))


def _nearest(row: dict[int, float]) -> Near:
    """Return the greatest mean of a row, and its number, negative: of equal ones the first is taken."""
    return max(((mean, -number) for number, mean in row.items()), default=(-inf, 0))


def _join(
    one: int,
    other: int,
    clusters: dict[int, list[T]],
    means: dict[int, dict[int, float]],
    best: dict[int, Near],
) -> None:
    here, there = len(clusters[one]), len(clusters[other])
    clusters[one] += clusters.pop(other)
    gone = means.pop(other)
    del means[one][other], best[other]
    for third, mean in gone.items():
        if third == one:
            continue
        row = means[third]
        joined = (here * row[one] + there * mean) / (here + there)
        row[one] = means[one][third] = joined
        del row[other]
        if -best[third][1] in (one, other):
            best[third] = _nearest(row)
        elif (joined, -one) > best[third]:
            best[third] = joined, -one
    best[one] = _nearest(means[one])
