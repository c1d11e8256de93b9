"""What the ledger and the feeds say becomes a page for people, or JSON for programs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.database import opened_database
from bot.model import Backlog, Delivery, Subscription
from bot.store.status import SqlStatus
from config.settings import Settings
from digests.model import Feed
from digests.store.health import failing_feeds

SHOWN = 20  # lines of a table for people


@dataclass(frozen=True, slots=True)
class Status:
    """All that an operator asks first."""

    now: datetime
    backlog: Backlog
    sent_today: int  # digests, since midnight UTC
    uncertain: Sequence[Delivery]
    paused: Sequence[Subscription]
    failing: Sequence[Feed]


async def print_status(settings: Settings, *, now: datetime, as_json: bool) -> int:
    """Print how things stand; return the exit code."""
    status = await read_status(settings, now=now)
    if as_json:
        print(json.dumps(status_data(status), ensure_ascii=False, indent=2))
    else:
        show_status(status, Console())
    return 0


async def read_status(settings: Settings, *, now: datetime) -> Status:
    """Return how things stand.

    Raises:
        Misconfigured, CommandFailed: see `opened_database`.
    """
    async with opened_database(settings) as engine:
        ledger = SqlStatus(engine)
        return Status(
            now=now,
            backlog=await ledger.backlog(now),
            sent_today=await ledger.sent_since(now.replace(hour=0, minute=0, second=0, microsecond=0)),
            uncertain=await ledger.in_doubt(now),
            paused=await ledger.paused(),
            failing=await failing_feeds(engine),
        )


def status_data(status: Status) -> dict[str, Any]:
    """Return it in the form that docs/contract.md promises."""
    return {
        "due": status.backlog.due,
        "overdue": status.backlog.overdue,
        "oldest_overdue_seconds": status.backlog.oldest_overdue,
        "sent_today": status.sent_today,
        "uncertain": [_uncertain_data(delivery) for delivery in status.uncertain],
        "paused": [{"chat": str(room.address), "reason": room.paused} for room in status.paused],
        "failing_feeds": [
            {"url": feed.url, "state": feed.state, "since": _instant(feed.failing_since)}
            for feed in status.failing
        ],
    }


def show_status(status: Status, console: Console) -> None:
    """Print it as people read it: what is well in a line, what is not as a table."""
    backlog = status.backlog
    console.print(f"Owed now: {_counted(backlog.due, 'digest')}. Sent today (UTC): {status.sent_today}.")
    if backlog.overdue:
        late = _length(timedelta(seconds=backlog.oldest_overdue))
        overdue = _counted(backlog.overdue, "digest")
        console.print(f"[bold red]Overdue: {overdue}, the oldest by {late}.[/] Is `pullquote run` running?")
    _show_table(console, "May have arrived", ("Id", "Room", "Part", "Due"), _uncertain_lines(status))
    if status.uncertain:
        console.print(
            "Each room is asked whether it arrived. In its place, to send one again, marked: "
            "`pullquote resend ID`. To let it be: `pullquote drop ID`."
        )
    paused = [(str(room.address), room.paused or "") for room in status.paused]
    _show_table(console, "Paused", ("Room", "Reason"), paused)
    feeds = [(feed.url, str(feed.state), _since(feed, status.now)) for feed in status.failing]
    _show_table(console, "Feeds read in vain", ("Feed", "State", "For"), feeds)
    if not (backlog.overdue or status.uncertain or status.failing):
        console.print("[green]Nothing needs you.[/]")


def _uncertain_data(delivery: Delivery) -> dict[str, Any]:
    return {
        "delivery": delivery.id,
        "slot": delivery.slot_id,
        "part": delivery.number,
        "chat": str(delivery.address),
        "due_at": _instant(delivery.due_at),
        "state": delivery.state,
        "attempts": delivery.attempts,
    }


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _uncertain_lines(status: Status) -> list[tuple[str, ...]]:
    return [
        (
            str(part.id),
            str(part.address),
            f"{part.slot_id}.{part.number}",
            f"{part.due_at:%Y-%m-%d %H:%M} UTC",
        )
        for part in status.uncertain
    ]


def _show_table(console: Console, title: str, heads: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    if not lines:
        return
    more = f"and {len(lines) - SHOWN} more: pullquote status --json" if len(lines) > SHOWN else None
    table = Table(title=f"{title}: {len(lines)}", caption=more, title_justify="left", title_style="bold")
    for head in heads:
        table.add_column(head, overflow="fold")
    for line in lines[:SHOWN]:
        table.add_row(*(Text(_printable(cell)) for cell in line))
    console.print(table)


def _printable(text: str) -> str:
    """Return foreign text without what a terminal would obey."""
    return "".join(sign for sign in text if sign.isprintable())


def _since(feed: Feed, now: datetime) -> str:
    return _length(now - feed.failing_since) if feed.failing_since else ""


def _length(length: timedelta) -> str:
    """Return a length of time in its largest unit: "3 h"."""
    seconds = max(0, int(length.total_seconds()))
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
