"""A figure becomes a place: itself among the words and the other figures of its sentence."""

from collections.abc import Mapping
from dataclasses import dataclass

from digests.facts.figures.drafts import Draft
from digests.facts.figures.tokens import Sentence

Range = tuple[int, int]  # tokens [first, end)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands, for whoever looks around it."""

    draft: Draft
    sentence: Sentence
    taken: Mapping[int, Draft]  # the tokens of its sentence that write figures, its own among them
