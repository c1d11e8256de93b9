"""What Telegram makes live by itself in a text: mentions, tags, commands, links, numbers to call or pay."""

import re
from collections.abc import Iterator, Sequence

from bot.standins.telegram.entities import Entity, utf16_length

# A domain without a scheme is live where its ending is in use: all of two letters, and these. The last two
# never are, but stand for any in tests.
_ENDINGS = (
    "com|org|net|edu|gov|mil|int|info|news|app|dev|biz|name|online|site|shop|store|blog|cloud|live|press|"
    "media|world|today|tech|digital|agency|studio|art|xyz|top|pro|club|fun|one|page|link|chat|email|network|"
    "space|life|social|[a-z]{2}|example|test"
)
# Each kind with a sign that it cannot do without, and what it looks like.
_KINDS = (
    ("mention", "@", r"(?<!\w)@[A-Za-z0-9_]{3,32}(?!\w)"),
    ("hashtag", "#", r"(?<!\w)#\w*[^\W\d]\w*"),
    ("cashtag", "$", r"(?<![\w$])\$(?:1INCH|[A-Z]{1,8})(?![\w$])"),
    ("bot_command", "/", r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])"),
    ("email", "@", r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    ("url", "://", r"(?i:https?|ftp|tg)://[^\s<>\"]+"),
    (
        "url",
        ".",
        rf"(?<![\w@.-])(?<!://)(?:[\w-]+\.)+(?i:{_ENDINGS})(?![\w@-])(?:[/?#:][^\s<>\"]*)?"
        r"|(?<![\w.])(?<!://)(?:\d{1,3}\.){3}\d{1,3}(?![\w.]\d)(?:[/:][^\s<>\"]*)?",
    ),
    ("phone_number", "+", r"(?<!\w)\+\d(?:[ ()-]{0,2}\d){9,14}(?!\w)"),
    ("bank_card_number", "", r"(?<![\w+.,])\d(?:[ -]?\d){12,18}(?!\w)"),
)
_LIVE = tuple((kind, sign, re.compile(pattern)) for kind, sign, pattern in _KINDS)
_AFTER_URL = ".,:;?!'`()[]»…"  # ends a sentence rather than an address
_SHIELDS = ("text_link", "code", "pre", "text_mention", "custom_emoji")  # nothing is detected inside these


def live(text: str, entities: Sequence[Entity]) -> Iterator[tuple[str, str]]:
    """Yield the kind and the words of what nobody marked and Telegram makes live all the same."""
    shielded = [(e.offset, e.offset + e.length) for e in entities if e.type in _SHIELDS]
    for kind, at, words in _found(text):
        start = utf16_length(text[:at])
        end = start + utf16_length(words)
        if not any(low <= start and end <= high for low, high in shielded):
            yield kind, words


def _found(text: str) -> Iterator[tuple[str, int, str]]:
    """Yield the kind, the place and the words."""
    for kind, sign, pattern in _LIVE:
        for match in pattern.finditer(text) if sign in text else ():
            words = match.group().rstrip(_AFTER_URL) if kind == "url" else match.group()
            if kind != "bank_card_number" or _is_card(words):
                yield kind, match.start(), words


def _is_card(number: str) -> bool:
    """Say whether the last digit is the check digit (Luhn)."""
    digits = [int(char) for char in reversed(number) if char.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
