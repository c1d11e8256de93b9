"""A page's text becomes the wall that it is instead of an article, if it is one."""

import re

from digests.articles.phrases import CHALLENGES, CONSENT, PAYWALLS

LONGEST_WALL = 1_500  # signs: what is longer holds an article, whatever else it says

LONGEST_TEASER = 400  # signs of an article that has to be paid for
_LONGEST_CHALLENGE = 600
_CONSENT = re.compile("|".join(CONSENT), re.IGNORECASE)
_CHALLENGE = re.compile("|".join(CHALLENGES), re.IGNORECASE)
_PAYWALL = re.compile("|".join(PAYWALLS), re.IGNORECASE)


def wall_of(text: str, *, title: str, free: bool | None) -> str | None:
    """Return "challenge", "consent" or "paywall" where `text` is that rather than an article.

    `free` is what the publisher says of the article to machines.
    """
    if len(text) > LONGEST_WALL:
        return None
    if _CHALLENGE.search(title) or (len(text) < _LONGEST_CHALLENGE and _CHALLENGE.search(text)):
        return "challenge"
    if len(_CONSENT.findall(f"{title}\n{text}")) >= 2:
        return "consent"
    if _PAYWALL.search(text) or (free is False and len(text) < LONGEST_TEASER):
        return "paywall"
    return None
