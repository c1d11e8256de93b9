"""Stories become a digest: which, in what order, how many, and what each says."""

from digests.compose.figures import Agree
from digests.compose.filters import Filter, filter_of
from digests.compose.selection import STORIES, Fate, Selection, compose, selected
from digests.compose.telling import told

__all__ = ["STORIES", "Agree", "Fate", "Filter", "Selection", "compose", "filter_of", "selected", "told"]
