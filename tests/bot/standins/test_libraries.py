"""The platforms' own libraries, as they come, talk to the stand-ins as to the platforms."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.ext import Application, CallbackQueryHandler, ChatMemberHandler, CommandHandler

from bot.standins.faults import Fault, Wrong
from bot.standins.slack import SlackStandIn
from bot.standins.telegram import TelegramStandIn

QUIET = {"unfurl_links": False, "unfurl_media": False}


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramStandIn]:
    async with TelegramStandIn() as standin:
        yield standin


def built(telegram: TelegramStandIn) -> Any:
    builder = Application.builder().token(telegram.token).base_url(f"{telegram.api_base}/bot")
    return builder.base_file_url(f"{telegram.api_base}/file/bot").job_queue(None).build()


@pytest.fixture
async def application(telegram: TelegramStandIn) -> AsyncIterator[Any]:
    async with built(telegram) as running:
        await running.start()
        await running.updater.start_polling(timeout=5, allowed_updates=Update.ALL_TYPES)
        yield running
        await running.updater.stop()
        await running.stop()


async def test_python_telegram_bot_hears_answers_and_edits(
    telegram: TelegramStandIn, application: Any
) -> None:
    async def start(update: Update, _: Any) -> None:
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more")]])
        await update.message.reply_html(
            "<b>Hello</b>",
            reply_markup=keyboard,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )

    async def pressed(update: Update, _: Any) -> None:
        await update.callback_query.answer("at once")
        await update.callback_query.edit_message_text("<i>more</i>", parse_mode="HTML")

    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(pressed))
    reader = telegram.person("Ada", language="uk")

    reader.say("/start")
    shown = await reader.private.next()
    reader.press(shown, "More")
    await reader.private.until(lambda: shown.edits == 1)

    assert (shown.text, shown.before, shown.labels) == ("more", ["Hello"], [])
    assert reader.private.toasts == ["at once"]
    assert telegram.waiting == {}
    assert telegram.defects == []


async def test_python_telegram_bot_is_told_of_being_blocked(
    telegram: TelegramStandIn, application: Any
) -> None:
    heard: list[str] = []

    async def changed(update: Update, _: Any) -> None:
        heard.append(update.my_chat_member.new_chat_member.status)
        await update.get_bot().get_me()

    application.add_handler(ChatMemberHandler(changed, ChatMemberHandler.MY_CHAT_MEMBER))
    reader = telegram.person("Ada")

    reader.block()
    reader.unblock()
    await telegram.until(lambda: len(heard) == 2)

    assert heard == ["kicked", "member"]


async def test_python_telegram_bot_reads_what_it_asks_for(telegram: TelegramStandIn) -> None:
    admin, guest = telegram.person("Ada"), telegram.person("Gus")
    group = telegram.group("News", admins=(admin,))
    async with built(telegram) as application:
        bot = application.bot
        await bot.set_my_commands([BotCommand("help", "What I do")])

        standings = [(await bot.get_chat_member(group.id, one.id)).status for one in (admin, guest)]
        admins = await bot.get_chat_administrators(group.id)
        chat = await bot.get_chat(group.id)
        hook = await bot.get_webhook_info()
        menu = await bot.get_my_commands()

    assert standings == ["administrator", "member"]
    assert [one.user.id for one in admins] == [admin.id]
    assert (chat.title, hook.url, menu[0].command) == ("News", "", "help")


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (Wrong.LIMITED, RetryAfter),
        (Wrong.FORBIDDEN, Forbidden),
        (Wrong.BAD, BadRequest),
        (Wrong.MOVED, ChatMigrated),
        (Wrong.BROKEN, NetworkError),
        (Wrong.DROPPED_BEFORE, NetworkError),
        (Wrong.DROPPED_AFTER, NetworkError),
    ],
)
async def test_python_telegram_bot_knows_each_fault(
    telegram: TelegramStandIn, wrong: Wrong, error: type[Exception]
) -> None:
    group = telegram.group("News", kind="group")
    telegram.faults.add(Fault(wrong))
    async with built(telegram) as application:
        with pytest.raises(error) as raised:
            await application.bot.send_message(group.id, "x")

    assert type(raised.value) is error
    assert len(group.shown) == (1 if wrong is Wrong.DROPPED_AFTER else 0)
    if isinstance(raised.value, ChatMigrated):
        assert raised.value.new_chat_id == group.moved_to


async def test_python_telegram_bot_does_not_begin_with_a_wrong_token(telegram: TelegramStandIn) -> None:
    telegram.token = "4200:another"

    with pytest.raises(InvalidToken):
        async with Application.builder().token("4200:x").base_url(f"{telegram.api_base}/bot").build():
            pass


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn() as standin:
        yield standin


@pytest.fixture
async def app(slack: SlackStandIn) -> AsyncIterator[AsyncApp]:
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_base, retry_handlers=[])
    app = AsyncApp(client=client, request_verification_enabled=False)
    handler = AsyncSocketModeHandler(app, slack.app_token, web_client=client)
    await handler.connect_async()
    yield app
    await handler.close_async()


async def test_bolt_hears_commands_presses_and_events_and_opens_views(
    slack: SlackStandIn, app: AsyncApp
) -> None:
    label = {"type": "plain_text", "text": "Settings"}
    button = {"type": "button", "text": label, "action_id": "settings", "value": "x"}

    async def typed(ack: Any, say: Any, respond: Any) -> None:
        await ack()
        await respond("for you", **QUIET)
        await say(text="for all", blocks=[{"type": "actions", "elements": [button]}], **QUIET)

    async def pressed(ack: Any, body: Any, client: Any) -> None:
        await ack()
        element = {"type": "plain_text_input", "action_id": "at"}
        blocks = [{"type": "input", "block_id": "when", "label": label, "element": element}]
        view = {"type": "modal", "callback_id": "s", "title": label, "submit": label, "blocks": blocks}
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    async def submitted(ack: Any) -> None:
        await ack(response_action="errors", errors={"when": "no time"})

    async def opened(event: Any, client: Any) -> None:
        await client.views_publish(
            user_id=event["user"], view={"type": "home", "blocks": [{"type": "divider"}]}
        )

    app.command("/digest")(typed)
    app.action("settings")(pressed)
    app.view("s")(submitted)
    app.event("app_home_opened")(opened)
    user, channel = slack.user("Sam"), slack.channel("newsroom")

    user.command("/digest help", channel)
    private, public = await channel.next(), await channel.next()
    user.press(public, "Settings", channel)
    await slack.until(lambda: bool(user.views))
    user.submit(user.views[0], {"when": {"at": {"type": "plain_text_input", "value": "dawn"}}})
    await slack.until(lambda: bool(user.errors))
    slack.open_home(user)
    await slack.until(lambda: user.home is not None)

    assert (private.text, private.only_for) == ("for you", user.id)
    assert (public.fallback, public.only_for) == ("for all", None)
    assert user.errors == {"when": "no time"}
    assert slack.defects == []


async def test_bolt_comes_back_after_it_was_asked_to_reconnect(slack: SlackStandIn, app: AsyncApp) -> None:
    async def typed(ack: Any, respond: Any) -> None:
        await ack()
        await respond("still here", **QUIET)

    app.command("/digest")(typed)
    user = slack.user("Sam")

    await slack.drop_sockets()
    user.command("/digest help")
    shown = await user.direct.next()

    assert shown.text == "still here"
    assert [method for method, _ in slack.calls].count("apps.connections.open") == 2


async def test_slack_sdk_posts_and_knows_a_refusal(slack: SlackStandIn) -> None:
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_base, retry_handlers=[])
    user, channel = slack.user("Sam", zone="Europe/Kyiv"), slack.channel("newsroom")
    slack.faults.add(Fault(Wrong.LIMITED, seconds=7))

    with pytest.raises(SlackApiError) as limited:
        await client.chat_postMessage(channel=channel.id, text="x", **QUIET)
    posted = await client.chat_postMessage(channel=channel.id, text="x", **QUIET)
    direct = await client.conversations_open(users=user.id)
    zone = (await client.users_info(user=user.id))["user"]["tz"]
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C404", text="x")

    assert limited.value.response.headers["Retry-After"] == "7"
    assert channel.posted[0].ts == posted["ts"]
    assert (direct["channel"]["id"], zone) == (user.direct.id, "Europe/Kyiv")
    assert refused.value.response["error"] == "channel_not_found"
