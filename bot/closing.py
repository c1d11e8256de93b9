"""Feeds that are gone for good become a notice to each room that followed them, once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from bot.chats.contract import Chat
from bot.locales import speaking, spoken
from bot.message import Message
from bot.phrase import say
from bot.ports import Closings
from digests.model import Feed

log = structlog.get_logger()


async def tell_gone(closings: Closings, chat: Chat, *, now: datetime) -> None:
    """Tell the rooms of a chat which of their feeds are gone: by the outbox, so that none is lost."""
    for subscription, feeds in await closings.untold(chat.name):
        with speaking(subscription.language):
            parts = [replace(part, language=spoken()) for part in chat.parts(notice(feeds))]
        told = await closings.tell(subscription, feeds, parts, now=now)
        log.info("feeds gone", subscription=subscription.id, feeds=len(feeds), told=told)


def notice(feeds: Sequence[Feed]) -> Message:
    """Return what readers are told."""
    names = ", ".join(feed.title for feed in feeds)
    if len(feeds) == 1:
        return say(
            "*{names}* has closed its feed for good, so I took it off your list.\n"
            "To follow another: `/subscribe https://…`",
            names=names,
        )
    return say(
        "These have closed their feeds for good, so I took them off your list: *{names}*.\n"
        "To follow others: `/subscribe https://…`",
        names=names,
    )
