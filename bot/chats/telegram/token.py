"""A token becomes the name of its bot, as Telegram knows it."""

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.chats.telegram.requests import AiohttpRequest
from bot.errors import Misconfigured, NotSent

_PATIENCE = 10.0  # seconds


async def owner_of(token: str, *, api_base: str) -> str:
    """Return the bot's name, "@name".

    Raises:
        Misconfigured: Telegram does not take the token.
        NotSent: Telegram can't be asked now.
    """
    request = AiohttpRequest(connections=1, read_timeout=_PATIENCE)
    try:
        bot = Bot(token, base_url=f"{api_base.rstrip('/')}/bot", request=request, get_updates_request=request)
        return f"@{(await bot.get_me()).username}"
    except InvalidToken as error:
        raise Misconfigured("Telegram does not take the token") from error
    except TelegramError as error:
        raise NotSent(error.message) from error
    finally:
        await request.shutdown()
