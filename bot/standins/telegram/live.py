"""What Telegram makes live by itself in a text: mentions, tags, commands, links."""

import re
from collections.abc import Iterator, Sequence

from bot.standins.telegram.entities import Entity, utf16_length

# A domain without a scheme is live where its ending is one in use; these are enough to catch a slip.
_ENDINGS = "com|org|net|io|info|news|ru|ua|uk|de|fr|me|tv|ly|co|eu|us|app|dev|example|test"
_LIVE = re.compile(
    r"(?P<mention>(?<!\w)@[A-Za-z]\w{3,31})"
    r"|(?P<hashtag>(?<!\w)[#]\w*[^\W\d]\w*)"
    r"|(?P<cashtag>(?<!\w)[$][A-Z]{1,8}(?!\w))"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z]\w{0,63}(?:@\w+)?)"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    rf"|(?P<url>https?://[^\s<>\"]*[^\s<>\".,:;!?)”]|(?<![\w@.-])(?:[\w-]+\.)+(?:{_ENDINGS})(?![\w-])(?:/[^\s<>\"]*)?)",
    re.ASCII,
)
_SHIELDS = ("text_link", "code", "pre", "text_mention", "custom_emoji")  # nothing is detected inside these


def live(text: str, entities: Sequence[Entity]) -> Iterator[tuple[str, str]]:
    """Yield the kind and the words of what nobody marked and Telegram makes live all the same."""
    shielded = [(e.offset, e.offset + e.length) for e in entities if e.type in _SHIELDS]
    for match in _LIVE.finditer(text):
        start = utf16_length(text[: match.start()])
        end = start + utf16_length(match.group())
        if not any(low <= start and end <= high for low, high in shielded):
            yield match.lastgroup or "link", match.group()
