"""What may not have arrived is sent again, or let be, as its readers say."""

from collections.abc import Sequence

from bot.commands.contract import Command, Desk, with_arguments
from bot.commands.rooms import date_in_words, existing_room
from bot.errors import UserMistake
from bot.message import Button, Mark, Message, Paragraph, Request
from bot.model import Doubt
from bot.phrase import phrase, say

_NAMED = 5  # messages
_RESENDS = {"again": True, "leave": False}


def question(held: Sequence[Doubt]) -> Message:
    """Ask a room whether messages arrived that may have; its words are none of theirs."""
    last = held[-1].delivery
    asked = say(
        "*Did this reach you?* The connection broke while I sent it, so I do not know.",
        buttons=[
            [
                Button("Send it again", request=f"missing again {last}"),
                Button("Leave it", request=f"missing leave {last}"),
            ]
        ],
    )
    rest = len(held) - _NAMED
    more = [phrase("and {count} more", mark=Mark.ITEM, count=rest)] if rest > 0 else []
    hint = phrase("Sent again, it says that it may be a repeat.", mark=Mark.NOTE)
    named = map(_line, held[:_NAMED])
    return Message((*asked.paragraphs, *named, *more, hint), asked.buttons)


async def _missing(request: Request, desk: Desk) -> Message:
    room = await existing_room(request, desk)
    held = await desk.doubts.held(room.address)
    if not request.arguments:
        return question(held) if held else say("No message of mine is in doubt here.")
    word, *rest = request.arguments
    if word.casefold() not in _RESENDS or len(rest) > 1 or not all(map(str.isdecimal, rest)):
        raise UserMistake("Type `/missing again` or `/missing leave`")
    resend, last = _RESENDS[word.casefold()], _number(rest)
    count = await desk.doubts.settle(room.address, last=last, resend=resend, now=desk.now())
    if not count:
        return say("No message of mine is in doubt here.")
    if resend:
        return say("I send it again. It says that it may be a repeat.", for_all=True)
    return say("I leave it as it is.", for_all=True)


def _number(typed: Sequence[str]) -> int | None:
    return min(int(typed[0][:18]), 2**31 - 1) if typed else None  # what a database's integer holds


def _line(doubt: Doubt) -> Paragraph:
    day = date_in_words(doubt.day)
    if doubt.at is None:
        return phrase("a notice of {date}", mark=Mark.ITEM, date=day)
    if doubt.of == 1:
        return phrase("the digest of {date}, {at}", mark=Mark.ITEM, date=day, at=doubt.at)
    return phrase(
        "message {number} of {of} of the digest of {date}, {at}",
        mark=Mark.ITEM,
        number=doubt.number,
        of=doubt.of,
        date=day,
        at=doubt.at,
    )


MISSING = Command(
    name="missing",
    takes="again or leave",
    does="have sent again what may not have reached you",
    answer=_missing,
    changes=with_arguments,
)
