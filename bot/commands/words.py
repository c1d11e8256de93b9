"""Which words a story must have, or must not."""

from dataclasses import replace

from bot.commands.contract import Command, Desk, with_arguments
from bot.commands.rooms import existing_room, room_of, saved
from bot.errors import UserMistake
from bot.message import Button, Message, Request
from bot.phrase import say
from digests.compose import filter_of

MOST = 200  # characters
_OFF = "off"


async def _words(request: Request, desk: Desk) -> Message:
    typed = " ".join(request.arguments)
    if not typed:
        return _shown((await existing_room(request, desk)).words)
    if typed.casefold() == _OFF:
        await saved(replace(await room_of(request, desk), words=""), desk)
        return say("No words are asked for any more: a digest tells of all that you follow.", for_all=True)
    if len(typed) > MOST:
        raise UserMistake("Those are too many words: {most} characters are the most.", most=MOST)
    if not filter_of(typed):
        raise UserMistake("There is no word in that. Type `/words climate -football`, or `/words off`")
    await saved(replace(await room_of(request, desk), words=typed), desk)
    return say(
        "From now on a digest tells only stories that pass: *{words}*. All of them again: `/words off`",
        words=typed,
        for_all=True,
    )


def _shown(words: str) -> Message:
    if not words:
        return say(
            "A digest tells of all that you follow.\n"
            'Ask for words: `/words climate "interest rates"` takes stories with one of them, '
            "`/words -football` those without"
        )
    return say(
        "A digest tells only stories that pass: *{words}*.\n"
        "Words are searched in title and text, whole and without regard to accents. All stories again: "
        "`/words off`",
        words=words,
        buttons=[[Button("All stories", request=f"words {_OFF}")]],
    )


WORDS = Command(
    name="words",
    takes='climate -football "interest rates"',
    does="choose words that a story must have, or must not, or off",
    answer=_words,
    changes=with_arguments,
)
