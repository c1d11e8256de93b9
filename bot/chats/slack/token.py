"""Tokens become the workspace and the bot that they are for, as Slack knows them."""

from collections.abc import Awaitable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chats.proxy import proxy_for
from bot.chats.slack.errors import code_of, is_passing
from bot.errors import Misconfigured, NotSent

_PATIENCE = 10  # seconds


async def owner_of(bot_token: str, *, api_base: str) -> str:
    """Return the bot's name and its workspace, "@name in Workspace".

    Raises:
        Misconfigured: Slack does not take the token.
        NotSent: Slack can't be asked now.
    """
    told = await _answer(_client(bot_token, api_base).auth_test())
    return f"@{told.get('user', '?')} in {told.get('team', '?')}"


async def check_socket(app_token: str, *, api_base: str) -> None:
    """Ask whether we may listen in Socket Mode.

    Raises:
        Misconfigured: Slack does not take the token.
        NotSent: Slack can't be asked now.
    """
    await _answer(_client(app_token, api_base).apps_connections_open(app_token=app_token))


def _client(token: str, api_base: str) -> AsyncWebClient:
    base = api_base.rstrip("/") + "/"
    return AsyncWebClient(token, base_url=base, timeout=_PATIENCE, retry_handlers=[], proxy=proxy_for(base))


async def _answer(asked: Awaitable[Any]) -> Any:  # the library's answer, a mapping
    try:
        return await asked
    except SlackApiError as error:
        said = code_of(error) or "no reason given"
        if is_passing(error):
            raise NotSent(said) from error
        raise Misconfigured(f"Slack does not take the token ({said})") from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise NotSent(f"no answer ({type(error).__name__})") from error
