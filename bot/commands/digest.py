"""The digest, now."""

from bot.commands.contract import Command, Desk
from bot.commands.rooms import NOTHING_FOLLOWED, existing_room
from bot.errors import UserMistake
from bot.message import Message, Request


async def _digest(request: Request, desk: Desk) -> Message:
    subscription = await existing_room(request, desk)
    if not await desk.subscriptions.feeds(subscription):
        raise UserMistake(NOTHING_FOLLOWED)
    return await desk.digest_now(subscription)


DIGEST = Command(name="digest", slack="now", does="show the digest of the last day now", answer=_digest)
