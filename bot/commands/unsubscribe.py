"""A source is followed no more."""

from collections.abc import Sequence

from bot.commands.contract import Command, Desk, with_arguments
from bot.commands.rooms import existing_room
from bot.commands.source_list import PRESSED, listed
from bot.errors import UserMistake
from bot.message import Message, Request
from bot.phrase import phrase
from digests.model import Feed
from digests.text import fold


async def _unsubscribe(request: Request, desk: Desk) -> Message:
    subscription = await existing_room(request, desk)
    if not request.arguments:
        return await listed(subscription, desk)
    feed = _meant(" ".join(request.arguments), await desk.subscriptions.feeds(subscription))
    await desk.subscriptions.unfollow(subscription, feed)
    rest = await listed(subscription, desk)
    gone = phrase("No longer following *{title}*.", title=feed.title)
    return Message((gone, *rest.paragraphs), rest.buttons, for_all=True)


def _meant(asked: str, feeds: Sequence[Feed]) -> Feed:
    """Return the feed that a number, a name or a URL means.

    Raises:
        UserMistake: none, or more than one.
    """
    if asked.startswith(PRESSED):
        return _pressed(asked.removeprefix(PRESSED), feeds)
    if asked.isdecimal() and 1 <= int(asked) <= len(feeds):
        return feeds[int(asked) - 1]
    wanted = fold(asked)
    exact = [feed for feed in feeds if wanted in (fold(feed.title), fold(feed.url))]
    is_name = bool(wanted) and not asked.isdecimal()  # a number too high is no part of "Channel 5"
    found = exact or [feed for feed in feeds if is_name and wanted in fold(feed.title)]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(feed.title for feed in found[:5])
        raise UserMistake("Which one: {names}? Name it in full, or by its number in `/sources`.", names=names)
    raise UserMistake("You follow nothing called “{asked}”. See the numbers in `/sources`.", asked=asked[:60])


def _pressed(feed_id: str, feeds: Sequence[Feed]) -> Feed:
    """Return the feed whose button was pressed, under a list that may be old by now."""
    for feed in feeds:
        if str(feed.id) == feed_id:
            return feed
    raise UserMistake("You don't follow that one any more. Type `/sources` to see what you follow.")


UNSUBSCRIBE = Command(
    name="unsubscribe",
    slack="remove",
    takes="N or name",
    does="follow a source no more",
    answer=_unsubscribe,
    changes=with_arguments,
)
