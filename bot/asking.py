"""Messages that may have arrived become a question to each room that they were for, once."""

from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.chats.contract import Chat
from bot.commands.missing import question
from bot.locales import speaking, spoken
from bot.ports import Doubts

ASKED_FOR = timedelta(days=3)  # nobody misses a message for longer

log = structlog.get_logger()


async def ask_rooms(doubts: Doubts, chat: Chat, *, now: datetime) -> None:
    """Ask the rooms of a chat what shall become of what is held: by the outbox, once they can be reached."""
    await doubts.ask_again(chat.name, now=now)
    for subscription, held in await doubts.unasked(chat.name, since=now - ASKED_FOR):
        with speaking(subscription.language):
            parts = [replace(part, language=spoken()) for part in chat.parts(question(held))]
        asked = await doubts.ask(subscription, held, parts, now=now)
        log.info("room asked", subscription=subscription.id, parts=len(held), asked=asked)
