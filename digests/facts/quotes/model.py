"""The packaged weights, and what is done with them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log

_PACKED = ("model.json", "ranking.json")


@dataclass(frozen=True, slots=True)
class Weights:
    """What `python -m bench train quotes` learnt. A feature that is missing weighs nothing."""

    speakers: Mapping[str, float]  # of `candidates`
    references: Mapping[str, float]  # of `references`
    ranking: Mapping[str, float]  # of the measures of `ranking`
    calibration: tuple[float, float]  # slope and shift of the log-odds of a speaker
    nobody: float  # a passage is no quote from this probability on
    unsure: float  # a speaker is named from this confidence on


@cache
def weights() -> Weights:
    """Return the weights in `model.json` and `ranking.json`, read once."""
    data, ranking = (json.loads(files(__package__).joinpath(name).read_text("utf-8")) for name in _PACKED)
    slope, shift = data["calibration"]
    return Weights(
        speakers=data["speakers"],
        references=data["references"],
        ranking=ranking,
        calibration=(slope, shift),
        nobody=data["nobody"],
        unsure=data["unsure"],
    )


def confidence(probability: float, nobody: float, calibration: tuple[float, float]) -> float:
    """Return how sure it is that a speaker is right, from what the weights say: 0 to 1, calibrated."""
    slope, shift = calibration
    raw = min(max(probability * (1.0 - nobody), 1e-6), 1.0 - 1e-6)
    return 1.0 / (1.0 + exp(-(slope * log(raw / (1.0 - raw)) + shift)))


def score(features: Iterable[str], learnt: Mapping[str, float]) -> float:
    """Return the sum of the weights of `features`."""
    return sum(filter(None, map(learnt.get, features)), 0.0)


def shares(scores: Sequence[float]) -> list[float]:
    """Return the probabilities that belong to `scores`: they sum to 1."""
    highest = max(scores)
    powers = [exp(one - highest) for one in scores]
    total = sum(powers)
    return [power / total for power in powers]
