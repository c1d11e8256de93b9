"""Articles become stories: those that tell the same event."""

from digests.stories.grouping import Grouping, group

__all__ = ["Grouping", "group"]
