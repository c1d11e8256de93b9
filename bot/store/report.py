"""The ledger and the feeds become a few numbers for an operator."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.model import Report
from bot.store.status import SqlStatus
from digests.store.health import failing_feeds


class SqlReport:
    """See `bot.desk.MakeReport`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def __call__(self, now: datetime) -> Report:
        """Count what is owed, in doubt, at rest and in trouble now."""
        ledger = SqlStatus(self._engine)
        return Report(
            backlog=await ledger.backlog(now),
            sent_today=await ledger.sent_since(now.replace(hour=0, minute=0, second=0, microsecond=0)),
            in_doubt=await ledger.count_in_doubt(now),
            paused=len(await ledger.paused()),
            failing=len(await failing_feeds(self._engine)),
        )
