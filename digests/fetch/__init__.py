"""URLs that strangers may have chosen become documents: guarded, bounded and polite."""

from digests.fetch.client import HttpFetch
from digests.fetch.robots import RobotsGuard

__all__ = ["HttpFetch", "RobotsGuard"]
