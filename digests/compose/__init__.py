"""Stories become a digest: which, in what order, how many, and what each says."""

from digests.compose.figures import Agree
from digests.compose.filters import Filter, filter_of
from digests.compose.selection import STORIES, Candidate, Candidates, Selection, compose, selected
from digests.compose.telling import told
from digests.model import Fate

__all__ = [
    "STORIES",
    "Agree",
    "Candidate",
    "Candidates",
    "Fate",
    "Filter",
    "Selection",
    "compose",
    "filter_of",
    "selected",
    "told",
]
