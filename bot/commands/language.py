"""In which language the bot speaks."""

from dataclasses import replace

from bot.commands.contract import Command, Desk, with_arguments
from bot.commands.rooms import existing_room, room_of, saved
from bot.errors import UserMistake
from bot.locales import LANGUAGES, ours, speaking
from bot.message import Button, Message, Request
from bot.phrase import say

_NAMED = {name.casefold(): code for code, name in LANGUAGES.items()} | {code: code for code in LANGUAGES}
_OFFERED = ", ".join(f"{code} ({name})" for code, name in LANGUAGES.items())


async def _language(request: Request, desk: Desk) -> Message:
    typed = " ".join(request.arguments).casefold()
    if not typed:
        return _shown((await existing_room(request, desk)).language)
    code = _NAMED.get(typed)
    if code is None:
        raise UserMistake("I speak these: {languages}. Type `/language en`", languages=_OFFERED)
    await saved(replace(await room_of(request, desk), language=code), desk)
    with speaking(code):
        return say("From now on I speak *{language}* here.", language=LANGUAGES[code], for_all=True)


def _shown(language: str) -> Message:
    buttons = [Button(name, request=f"language {code}") for code, name in LANGUAGES.items()]
    return say("I speak *{language}* here.", language=LANGUAGES[ours(language)], buttons=[buttons])


LANGUAGE = Command(
    name="language",
    takes="en or de",
    does="choose the language of digests and answers: en, de",
    answer=_language,
    changes=with_arguments,
)
