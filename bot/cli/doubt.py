"""Parts that may have arrived are sent once more, or let be, as an operator decides."""

from collections.abc import Sequence
from datetime import datetime

from bot.cli.database import opened_database
from bot.errors import CommandFailed, Misconfigured
from bot.store.ledger import SqlLedger
from config.settings import Settings


async def settle(settings: Settings, ids: Sequence[int], *, every: bool, resend: bool, now: datetime) -> int:
    """Settle the parts of these ids, or every one in doubt; return the exit code.

    Raises:
        Misconfigured: neither is named, or both.
        CommandFailed: none of them is in doubt.
    """
    if bool(ids) == every:
        raise Misconfigured("Name parts by their ids, as in `pullquote status`, or say --all.")
    async with opened_database(settings) as engine:
        settled = await SqlLedger(engine).settle(None if every else ids, resend=resend, now=now)
    missed = sorted(set(ids) - set(settled))
    if missed or not settled:
        which = ", ".join(map(str, missed)) or "none"
        raise CommandFailed(f"Settled {len(settled)}. Not in doubt: {which}. See: pullquote status")
    print(f"{'To be sent again, marked' if resend else 'Let be'}: {len(settled)}.")
    return 0
