"""Articles become stories: those that tell the same event."""

from digests.stories.grouping import group

__all__ = ["group"]
