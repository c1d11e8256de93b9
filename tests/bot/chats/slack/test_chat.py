"""What people type and press in Slack becomes requests; messages are posted to them."""

import asyncio
import itertools

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.chats.slack import SlackChat
from bot.errors import BadMessage, ChatClosed, Misconfigured, NotSent, Uncertain
from bot.message import Button, Message, Paragraph, Run
from bot.model import Address
from tests.waiting import until

CHANNEL, OWN = Address("slack", "C1", tenant="T1"), Address("slack", "U1", tenant="T1")


class Slack:
    """The few methods that listening and answering need."""

    def __init__(self):
        self.calls, self.responses, self.acknowledged, self.refusals = [], [], [], []
        self._numbers, self._connected = itertools.count(1), asyncio.Event()

    async def api(self, request):
        method = request.match_info["method"]
        fields = await request.json() if request.content_type == "application/json" else await request.post()
        self.calls.append((method, dict(fields)))
        if request.headers.get("Authorization", "").endswith("wrong"):
            return web.json_response({"ok": False, "error": "invalid_auth"})
        if method.startswith("chat.") and self.refusals:
            return self.refusals.pop(0)(request)
        return web.json_response({"ok": True} | self._result(method))

    async def socket(self, request):
        self._socket = web.WebSocketResponse()
        await self._socket.prepare(request)
        await self._socket.send_json({"type": "hello"})
        self._connected.set()
        async for message in self._socket:
            if str(message.data).startswith("{"):
                self.acknowledged.append(message.json()["envelope_id"])
        return self._socket

    async def respond(self, request):
        self.responses.append(await request.json())
        return web.Response(text="ok")

    async def push(self, kind, payload):
        await self._connected.wait()
        envelope = {"type": kind, "envelope_id": f"E{next(self._numbers)}", "payload": payload}
        await self._socket.send_json(envelope | {"accepts_response_payload": kind != "events_api"})

    async def type(self, text, *, channel="C1", team="T1"):
        asked = {"command": "/digest", "text": text, "channel_id": channel, "user_id": "U1", "team_id": team}
        await self.push("slash_commands", asked | {"response_url": f"{self.base}respond"})

    async def press(self, value, *, channel="C1", is_ephemeral=True):
        await self.push(
            "interactive",
            {
                "type": "block_actions",
                "user": {"id": "U1", "team_id": "T1"},
                "team": {"id": "T1"},
                "channel": {"id": channel},
                "container": {"is_ephemeral": is_ephemeral, "channel_id": channel},
                "response_url": f"{self.base}respond",
                "actions": [{"type": "button", "action_id": "ask-0-0", "block_id": "b"} | value],
            },
        )

    async def event(self, name, **more):
        event = {"type": name} | more
        await self.push("events_api", {"type": "event_callback", "team_id": "T1", "event": event})

    def called(self, method):
        return [fields for name, fields in self.calls if name == method]

    def _result(self, method):
        return {
            "auth.test": {"team_id": "T1", "user_id": "UBOT", "bot_id": "B1"},
            "apps.connections.open": {"url": f"{self.base.replace('http', 'ws')}socket"},
            "users.info": {"user": {"real_name": "Ann", "tz": "Europe/Kyiv", "locale": "uk-UA"}},
        }.get(method, {"ts": f"1.{next(self._numbers)}"})


class Bot:
    """What the bot was asked, and answered."""

    def __init__(self):
        self.asked, self.closed, self.for_all, self.offer, self.fails = [], [], False, False, False

    async def answer(self, request):
        self.asked.append(request)
        if self.fails:
            raise RuntimeError("a fault of ours")
        buttons = ((Button("Pause", request="pause"),),)
        return Message((Paragraph((Run(request.command),)),), buttons, for_all=self.for_all, offer=self.offer)

    async def room_closed(self, address, reason):
        self.closed.append((address, reason))


@pytest.fixture
async def slack():
    handler, app = Slack(), web.Application()
    app.router.add_route("*", "/api/{method}", handler.api)
    app.router.add_get("/socket", handler.socket)
    app.router.add_post("/respond", handler.respond)
    async with TestServer(app) as server:
        handler.base = str(server.make_url("/"))
        yield handler


@pytest.fixture
def bot():
    return Bot()


@pytest.fixture
async def chat(slack, bot):
    chat = SlackChat(bot_token="xoxb-1", app_token="xapp-1", api_base=f"{slack.base}api/")
    await chat.start(bot.answer, bot.room_closed)
    yield chat
    await chat.stop()


async def seen(condition):
    """Wait until it holds; the suite's time limit ends a wait in vain."""
    await until(lambda: condition())


@pytest.mark.parametrize(
    ("typed", "command", "arguments", "about", "origin"),
    [
        ("", "help", (), CHANNEL, None),
        ("Now", "now", (), CHANNEL, None),
        ("add <https://a.example/?a=1&amp;b=2|a>", "add", ("https://a.example/?a=1&b=2",), CHANNEL, None),
        ("here 08:00 Europe/Kyiv", "schedule", ("08:00", "Europe/Kyiv"), CHANNEL, None),
        ("me weekdays 07:30", "schedule", ("weekdays", "07:30"), OWN, CHANNEL),
        ("me", "schedule", (), OWN, CHANNEL),
        ("timezone Kyiv", "timezone", ("Kyiv",), CHANNEL, None),
    ],
)
async def test_slash_command_is_a_request(slack, chat, bot, typed, command, arguments, about, origin):
    await slack.type(typed)

    await seen(lambda: slack.responses and slack.acknowledged)

    (request,) = bot.asked
    assert (request.command, request.arguments) == (command, arguments)
    assert (request.address, request.origin) == (about, origin)


async def test_asker_is_known_with_their_zone_and_asked_for_once(slack, chat, bot):
    await slack.type("help")
    await slack.type("list")

    await seen(lambda: len(bot.asked) == 2)

    asker = bot.asked[1].asker
    assert (asker.id, asker.name, asker.language, asker.zone) == ("U1", "Ann", "uk-UA", "Europe/Kyiv")
    assert len(slack.called("users.info")) == len(slack.called("auth.test")) == 1


async def test_conversation_of_two_is_the_askers_own(slack, chat, bot):
    await slack.type("me 08:00", channel="D1")

    await seen(lambda: bot.asked)

    assert (bot.asked[0].address, bot.asked[0].origin) == (OWN, None)


async def test_guest_of_another_workspace_changes_only_their_own(slack, chat, bot):
    await slack.type("off", team="T2")
    await slack.type("me 08:00", team="T2")

    await seen(lambda: len(bot.asked) == 2)

    assert {request.command: request.may_change for request in bot.asked} == {"off": False, "schedule": True}


async def test_answer_is_for_the_asker_alone_unless_it_changes_what_all_get(slack, chat, bot):
    await slack.type("list")
    await seen(lambda: len(slack.responses) == 1)
    bot.for_all = True
    await slack.type("add x")
    await seen(lambda: len(slack.responses) == 2)

    assert [answer["response_type"] for answer in slack.responses] == ["ephemeral", "in_channel"]
    assert all(answer["blocks"] and answer["text"] for answer in slack.responses)


@pytest.mark.parametrize("is_ephemeral", [True, False])
async def test_answer_to_a_button_replaces_only_what_the_presser_alone_sees(slack, chat, bot, is_ephemeral):
    await slack.press({"value": "unsubscribe 3"}, is_ephemeral=is_ephemeral)

    await seen(lambda: slack.responses)

    assert (bot.asked[0].command, bot.asked[0].arguments) == ("unsubscribe", ("3",))
    assert slack.responses[0]["replace_original"] is is_ephemeral


async def test_answer_to_a_button_of_an_offer_leaves_the_other_buttons_there(slack, chat, bot):
    bot.offer = True
    await slack.type("start")
    await seen(lambda: slack.responses)
    button = slack.responses[0]["blocks"][-1]["elements"][0]
    await slack.press({"value": button["value"], "action_id": button["action_id"]})

    await seen(lambda: len(slack.responses) == 2)

    assert slack.responses[1]["replace_original"] is False


async def test_button_of_an_answer_about_ones_own_digest_is_about_that_too(slack, chat, bot):
    await slack.type("me 08:00")
    await seen(lambda: slack.responses)
    await slack.press({"value": slack.responses[0]["blocks"][-1]["elements"][0]["value"]})

    await seen(lambda: len(bot.asked) == 2)

    assert (bot.asked[1].command, bot.asked[1].address) == ("pause", OWN)


async def test_button_that_opens_a_page_asks_nothing(slack, chat, bot):
    await slack.press({"url": "https://a.example"})

    await seen(lambda: slack.acknowledged)

    assert not bot.asked


async def test_fault_in_one_answer_does_not_stop_the_next(slack, chat, bot):
    bot.fails = True
    await slack.type("list")
    await seen(lambda: bot.asked)
    bot.fails = False
    await slack.type("help")

    await seen(lambda: slack.responses)


@pytest.mark.parametrize(
    ("name", "more", "room"),
    [
        ("channel_archive", {"channel": "C1"}, CHANNEL),
        ("channel_left", {"channel": "C1"}, CHANNEL),
        ("member_left_channel", {"channel": "C1", "user": "UBOT"}, CHANNEL),
        ("app_uninstalled", {}, Address("slack", "", tenant="T1")),
        ("tokens_revoked", {"tokens": {"bot": ["B1"]}}, Address("slack", "", tenant="T1")),
    ],
)
async def test_room_that_we_can_no_longer_reach_is_told(slack, chat, bot, name, more, room):
    await slack.event("member_left_channel", channel="C1", user="U9")
    await slack.event(name, **more)

    await seen(lambda: bot.closed)

    assert [address for address, _ in bot.closed] == [room]


async def test_part_is_posted_to_its_thread_and_a_repeat_says_so(slack, chat):
    (part,) = chat.parts(Message((Paragraph((Run("news"),)),)))

    message_id = await chat.send(Address("slack", "C1", tenant="T1", thread="1.1"), part, repeat=True)

    (fields,) = slack.called("chat.postMessage")
    assert message_id.startswith("1.")
    assert (fields["channel"], fields["thread_ts"]) == ("C1", "1.1")
    assert fields["text"] == "(possible repeat)\nnews"
    assert len(fields["blocks"]) == 2
    assert (fields["unfurl_links"], fields["unfurl_media"]) == (False, False)


def refuses(code, *, status=200, **headers):
    return lambda _: web.json_response({"ok": False, "error": code}, status=status, headers=headers)


def drops(request):
    request.transport.close()
    return web.Response()


@pytest.mark.parametrize(
    ("refusal", "raised"),
    [
        (drops, Uncertain),
        (lambda _: web.Response(status=502, text="<html>", content_type="text/html"), Uncertain),
        (refuses("ratelimited", status=429, **{"Retry-After": "7"}), NotSent),
        (refuses("is_archived"), ChatClosed),
        (refuses("invalid_blocks"), BadMessage),
    ],
)
async def test_refused_message_is_asked_for_once_and_says_what_to_do(slack, chat, refusal, raised):
    slack.refusals = [refusal]
    (part,) = chat.parts(Message((Paragraph((Run("news"),)),)))

    with pytest.raises(raised):
        await chat.send(CHANNEL, part)

    assert len(slack.called("chat.postMessage")) == 1


@pytest.mark.parametrize(
    ("tokens", "named"),
    [(("xoxb-wrong", "xapp-1"), "SLACK_BOT_TOKEN"), (("xoxb-1", "xapp-wrong"), "SLACK_APP_TOKEN")],
)
async def test_wrong_token_is_named_at_the_start(slack, bot, tokens, named):
    chat = SlackChat(bot_token=tokens[0], app_token=tokens[1], api_base=f"{slack.base}api")

    with pytest.raises(Misconfigured, match=named):
        await chat.start(bot.answer, bot.room_closed)

    await chat.stop()


async def test_chat_that_does_not_listen_can_post(slack):
    chat = SlackChat(bot_token="xoxb-1", app_token="xapp-1", api_base=f"{slack.base}api")
    (part,) = chat.parts(Message((Paragraph((Run("news"),)),)))

    await chat.send(CHANNEL, part)
    await chat.stop()

    assert [method for method, _ in slack.calls] == ["chat.postMessage"]


async def test_bot_token_in_the_environment_is_no_warning_at_each_start(slack, bot, monkeypatch, caplog):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    chat = SlackChat(bot_token="xoxb-1", app_token="xapp-1", api_base=f"{slack.base}api/")

    await chat.start(bot.answer, bot.room_closed)
    await chat.stop()

    assert [record.message for record in caplog.records if record.name.startswith("slack_bolt")] == []
