"""The digest, now."""

from bot.commands.contract import Command, Desk
from bot.commands.rooms import existing_room
from bot.message import Message, Request


async def _digest(request: Request, desk: Desk) -> Message:
    return await desk.digest_now(await existing_room(request, desk))


DIGEST = Command(name="digest", slack="now", does="show the digest of the last day now", answer=_digest)
