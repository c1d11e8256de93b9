"""Once a day, what is too old to be kept is forgotten."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.model import Keeping
from bot.ports import Memory

KEEP_KEYS = timedelta(days=365)  # by which entries are recognised that a feed shows again
KEEP_DELIVERIES = timedelta(days=30)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Forgetting:
    """How long the operator has things kept."""

    texts: timedelta
    facts: timedelta

    async def __call__(self, memory: Memory, *, now: datetime) -> None:
        """Forget what is older, and say how much that was."""
        since = Keeping(
            texts=now - self.texts,
            facts=now - self.facts,
            keys=now - KEEP_KEYS,
            deliveries=now - KEEP_DELIVERIES,
        )
        log.info("forgotten", **await memory.forget(since))
