"""How the bot itself is doing, for those who run it."""

from collections.abc import Iterator

from bot.commands.contract import Command, Desk
from bot.message import Mark, Message, Paragraph, Request
from bot.model import Report
from bot.phrase import phrase

_MINUTE, _HOUR = 60, 3600


async def _status(request: Request, desk: Desk) -> Message:
    return Message((phrase("*How the bot is doing*"), *_lines(await desk.report())))


def _lines(report: Report) -> Iterator[Paragraph]:
    owed = report.backlog
    yield phrase("Owed now: {due}. Sent today (UTC): {sent}.", due=owed.due, sent=report.sent_today)
    if owed.overdue:
        oldest = _length(owed.oldest_overdue)
        yield phrase("*Overdue: {overdue}*, the oldest by {oldest}.", overdue=owed.overdue, oldest=oldest)
    if report.in_doubt:
        yield phrase("Messages that may have arrived: {count}.", count=report.in_doubt)
    if report.paused:
        yield phrase("Rooms at rest: {count}.", count=report.paused)
    if report.failing:
        yield phrase("Sources read in vain: {count}.", count=report.failing)
    if not (owed.overdue or report.in_doubt or report.failing):
        yield phrase("Nothing needs you.")
    yield phrase("All of it, with names: pullquote status, where the bot runs.", mark=Mark.NOTE)


def _length(seconds: int) -> str:
    if seconds < 2 * _HOUR:
        return f"{max(1, seconds // _MINUTE)} min"
    return f"{seconds // _HOUR} h"


STATUS = Command(name="status", does="show how the bot is doing", answer=_status, for_operators=True)
