"""What a room follows becomes a numbered list, each line with a button to drop it."""

from collections.abc import Iterable, Sequence

from bot.commands.contract import Desk
from bot.locales import said
from bot.message import Button, Mark, Message, Paragraph, Run
from bot.model import Subscription
from bot.phrase import phrase
from digests.model import Feed, FeedState

SHOWN = 30
PRESSED = "feed:"  # a button names its feed: numbers move up when one is dropped
_TROUBLE = {
    FeedState.FAILING: "does not answer",
    FeedState.REFUSED: "refuses to be read",
    FeedState.GONE: "is gone for good",
    FeedState.QUARANTINED: "is too broken to read",
}


async def listed(subscription: Subscription, desk: Desk) -> Message:
    """Return the numbered list of what a room follows."""
    feeds = await desk.subscriptions.feeds(subscription)
    if not feeds:
        return Message(
            (phrase("Nothing is followed here. Try `/subscribe world` or `/subscribe https://…`"),)
        )
    counted = "*You follow one source*" if len(feeds) == 1 else "*You follow {count} sources*"
    head = phrase(counted, count=len(feeds))
    lines = [_line(number, feed) for number, feed in enumerate(feeds[:SHOWN], start=1)]
    return Message((head, *lines, *_tail(len(feeds))), _buttons(feeds[:SHOWN]))


def _tail(count: int) -> Iterable[Paragraph]:
    if count > SHOWN:
        yield phrase("And {count} more.", count=count - SHOWN)
    yield phrase("Drop one: `/unsubscribe 1`")


def _line(number: int, feed: Feed) -> Paragraph:
    trouble = said(_TROUBLE.get(feed.state, ""))
    note = [Run(f" ({trouble})", italic=True)] if trouble else []
    return Paragraph((Run(f"{number}. "), Run(feed.title, href=feed.url), *note), Mark.ITEM)


def _buttons(feeds: Sequence[Feed]) -> tuple[tuple[Button, ...], ...]:
    buttons = [
        Button(f"✕ {number}", request=f"unsubscribe {PRESSED}{feed.id}")
        for number, feed in enumerate(feeds, start=1)
    ]
    return tuple(tuple(buttons[at : at + 5]) for at in range(0, len(buttons), 5))
