"""What is followed here."""

from bot.commands.contract import Command, Desk
from bot.commands.rooms import existing_room
from bot.commands.source_list import listed
from bot.message import Message, Request


async def _sources(request: Request, desk: Desk) -> Message:
    return await listed(await existing_room(request, desk), desk)


SOURCES = Command(name="sources", slack="list", does="show what is followed here", answer=_sources)
