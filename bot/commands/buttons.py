"""What several commands offer to follow, as buttons."""

from collections.abc import Sequence

from bot.commands.contract import Topic
from bot.message import Button

_BUTTON_BYTES = 63  # of what a button can ask: Telegram's limit is 64, one is for an offer's mark


def topic_rows(topics: Sequence[Topic]) -> list[list[Button]]:
    """Return a button to follow each topic, three in a row; one with a very long name can be typed."""
    buttons = [
        Button(topic.name, request=f"subscribe {topic.name}") for topic in topics if fits_a_button(topic.name)
    ]
    return [buttons[at : at + 3] for at in range(0, len(buttons), 3)]


def fits_a_button(asked: str) -> bool:
    """Say whether a button can ask to follow that."""
    return bool(asked) and len(f"subscribe {asked}".encode()) <= _BUTTON_BYTES
