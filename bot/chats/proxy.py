"""A platform's address becomes the proxy to reach it through, as the environment says."""

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

_OWN_MACHINE = frozenset(("localhost", "127.0.0.1", "::1"))


def proxy_for(url: str) -> str | None:
    """Return what HTTPS_PROXY or HTTP_PROXY names, but for this machine and the hosts of NO_PROXY."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host in _OWN_MACHINE or proxy_bypass(host):
        return None
    return getproxies().get(parts.scheme) or None
