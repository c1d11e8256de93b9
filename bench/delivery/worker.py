"""One process that delivers from a ledger until it is told to stop: the storms start and kill it.

python -m bench.delivery.worker JSON-OF-AN-ERRAND
"""

import asyncio
import json
import logging
import signal
import sys
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Literal

import structlog

from bot.chats.contract import Chat
from bot.clock import WallClock
from bot.deliver import Deliver
from bot.limits import Limits
from bot.store.lanes import SqlLanes
from bot.store.ledger import SqlLedger
from bot.work.contract import Tick
from bot.work.inprocess import InProcess
from digests.store.engine import engine_of


@dataclass(frozen=True, slots=True)
class Errand:
    """What a worker is told."""

    database: str  # URL, with its driver
    api_base: str
    token: str
    chat: str = "telegram"
    on_uncertain: Literal["resend", "hold"] = "resend"
    rate: float = 0.0  # messages a second; 0: no limit of ours
    claimed_for: float = 30.0  # seconds; see `bot.store.ledger`
    answered_within: float = 75.0
    resend_after: float = 30.0

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "bench.delivery.worker", json.dumps(asdict(self))]


async def work(errand: Errand) -> None:
    """Deliver until SIGTERM, as the bot does: a tick drains the chat, and is let end."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    engine, clock = engine_of(errand.database), WallClock()
    ledger = SqlLedger(
        engine,
        claimed_for=timedelta(seconds=errand.claimed_for),
        answered_within=timedelta(seconds=errand.answered_within),
    )
    chat = _chat(errand)
    deliver = Deliver(
        ledger,
        {errand.chat: chat},
        limits=Limits(SqlLanes(engine), {errand.chat: errand.rate}, clock=clock),
        clock=clock,
        on_uncertain=errand.on_uncertain,
        resend_after=timedelta(seconds=errand.resend_after),
    )
    ticks = InProcess((Tick("digests", 0.2, deliver.drain),))
    await ticks.start()
    await stop.wait()
    deliver.stop()
    await ticks.stop()
    await chat.stop()
    await engine.dispose()


def _chat(errand: Errand) -> Chat:
    if errand.chat == "slack":  # the libraries are loaded where they are used: a worker starts often
        from bot.chats.slack import SlackChat

        return SlackChat(bot_token=errand.token, app_token="xapp-unused", api_base=errand.api_base)
    from bot.chats.telegram import TelegramChat

    return TelegramChat(token=errand.token, api_base=errand.api_base)


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.disable(logging.WARNING)
    asyncio.run(work(Errand(**json.loads(sys.argv[1]))))
