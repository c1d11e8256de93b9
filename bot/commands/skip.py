"""The next digest is left out; the one after it comes."""

from dataclasses import replace
from datetime import timedelta

from bot.commands.contract import Command, Desk, always
from bot.commands.rooms import existing_room, hour_in_words, is_skipping, next_digest, saved
from bot.errors import UserMistake
from bot.message import Button, Message, Request
from bot.model import Subscription
from bot.phrase import say

_UNDO = "undo"
_JUST_AFTER = timedelta(microseconds=1)


async def _skip(request: Request, desk: Desk) -> Message:
    subscription = await existing_room(request, desk)
    asked = " ".join(request.arguments).casefold()
    if asked == _UNDO:
        return await _undo(subscription, desk)
    if asked not in ("", "next"):
        raise UserMistake("I can skip the next digest: `/skip`. For longer: `/pause 3 days`")
    return await _skip_next(subscription, desk)


async def _skip_next(before: Subscription, desk: Desk) -> Message:
    if is_skipping(before, now=desk.now()):
        raise UserMistake(
            "The next digest is skipped already; then: {when}. For longer: `/pause 3 days`. Or `/skip undo`",
            when=await next_digest(before, desk),
        )
    due_at = before.next_due_at
    if due_at is None or before.rests(desk.now()) or due_at <= desk.now():
        raise UserMistake("Nothing to skip. Next digest: {when}.", when=await next_digest(before, desk))
    subscription = await saved(replace(before, skipped_until=due_at + _JUST_AFTER), desk)
    return say(
        "Skipped: the digest {skipped}. Next digest: {when}.",
        skipped=hour_in_words(due_at, before, desk),
        when=await next_digest(subscription, desk),
        buttons=[[Button("Undo", request=f"skip {_UNDO}")]],
        for_all=True,
    )


async def _undo(before: Subscription, desk: Desk) -> Message:
    if not is_skipping(before, now=desk.now()):
        raise UserMistake("No digest is skipped. Next digest: {when}.", when=await next_digest(before, desk))
    subscription = await saved(replace(before, skipped_until=None), desk)
    when = await next_digest(subscription, desk)
    return say("Nothing is skipped. Next digest: {when}.", when=when, for_all=True)


SKIP = Command(name="skip", does="skip the next digest", answer=_skip, changes=always)
