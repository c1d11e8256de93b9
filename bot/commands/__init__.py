"""All that people can ask, in the order in which help shows it. To add one: its file, and a line here."""

from bot.commands.contract import Command, Desk, Topic
from bot.commands.digest import DIGEST
from bot.commands.empty import EMPTY
from bot.commands.forget import FORGET
from bot.commands.help import HELP, START
from bot.commands.language import LANGUAGE
from bot.commands.length import LENGTH
from bot.commands.missing import MISSING
from bot.commands.pause import PAUSE, RESUME
from bot.commands.quiet import QUIET
from bot.commands.schedule import SCHEDULE
from bot.commands.settings import SETTINGS
from bot.commands.skip import SKIP
from bot.commands.sources import SOURCES
from bot.commands.status import STATUS
from bot.commands.subscribe import SUBSCRIBE
from bot.commands.timezone import TIMEZONE
from bot.commands.unsubscribe import UNSUBSCRIBE
from bot.commands.why import WHY
from bot.commands.words import WORDS

COMMANDS: tuple[Command, ...] = (
    START,
    HELP,
    DIGEST,
    SUBSCRIBE,
    UNSUBSCRIBE,
    SOURCES,
    SCHEDULE,
    TIMEZONE,
    LENGTH,
    WORDS,
    EMPTY,
    LANGUAGE,
    QUIET,
    SKIP,
    PAUSE,
    RESUME,
    SETTINGS,
    WHY,
    MISSING,
    STATUS,
    FORGET,
)

__all__ = ["COMMANDS", "Command", "Desk", "Topic", "command_for"]


def command_for(word: str) -> Command | None:
    """Return the command of that name, or None."""
    asked = word.casefold()
    return next((one for one in COMMANDS if asked in one.words), None)
