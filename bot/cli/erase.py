"""An operator has erased all that is kept about a chat."""

from bot.cli.database import opened_database
from bot.errors import CommandFailed, Misconfigured
from bot.model import Address
from bot.store.erasing import SqlErasing
from config.settings import Settings

_PLACES = {"telegram": ("room", "thread"), "slack": ("tenant", "room", "thread")}
_FORMS = "telegram:-100123, telegram:-100123:5 for one topic, slack:T0123:C0456"


async def erase_chat(settings: Settings, address: Address) -> int:
    """Erase what is kept about a room; return the exit code.

    Raises:
        CommandFailed: there is nothing.
    """
    async with opened_database(settings) as engine:
        if not await SqlErasing(engine).erase(address):
            raise CommandFailed(f"Nothing is kept about {address}. Is it written as the bot knows it?")
    print(f"Erased: {address}.")
    return 0


def address_of(name: str) -> Address:
    """Return the room that a name means, as `pullquote status` prints it.

    Raises:
        Misconfigured: it means none.
    """
    chat, *given = name.replace("/", ":").split(":")
    places = _PLACES.get(chat, ())
    if not places or not all(given) or not len(places) - 1 <= len(given) <= len(places):
        raise Misconfigured(f"{name!r} names no chat. Write it as one of: {_FORMS}.")
    return Address(chat, **dict(zip(places, given, strict=False)))
