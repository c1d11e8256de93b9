"""What people type and press in Telegram becomes requests; messages are sent to them."""

import asyncio
import itertools

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.chats.telegram import TelegramChat
from bot.errors import ChatMoved, Misconfigured
from bot.message import Message, Paragraph, Run
from bot.model import Address
from tests.waiting import until

BOT = {"id": 999, "is_bot": True, "first_name": "Quote", "username": "quote_bot"}
ANN = {"id": 7, "is_bot": False, "first_name": "Ann", "language_code": "uk"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Ann"}
GROUP = {"id": -100, "type": "supergroup", "title": "Readers"}
CHANNEL = {"id": -200, "type": "channel", "title": "News"}
MENU = (("help", "what you can ask"), ("sources", "what is followed"), ("pause", "rest"))
NO_RIGHTS = dict.fromkeys(
    "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats "
    "can_restrict_members can_promote_members can_change_info can_invite_users "
    "can_post_stories can_edit_stories can_delete_stories".split(),
    False,
)


class Telegram:
    """The few methods that listening and answering need."""

    def __init__(self):
        self.calls, self.updates, self.refusals, self.admins = [], [], [], set()
        self._numbers, self._arrived = itertools.count(1), asyncio.Event()

    async def __call__(self, request):
        method, fields = request.path.rsplit("/", 1)[1], await _fields(request)
        if "/bot1:wrong/" in request.path:
            return _refusal(401, "Unauthorized")
        if method == "getUpdates":
            return web.json_response({"ok": True, "result": await self._news(fields)})
        self.calls.append((method, fields))
        if method == "sendMessage" and self.refusals:
            return self.refusals.pop(0)
        return web.json_response({"ok": True, "result": self._result(method, fields)})

    def called(self, method):
        return [fields for name, fields in self.calls if name == method]

    def push(self, **update):
        self.updates.append({"update_id": next(self._numbers), **update})
        self._arrived.set()

    def text(self, text, *, chat=PRIVATE, sender=ANN, **more):
        message = {"message_id": 1, "date": 0, "chat": chat, "from": sender, "text": text}
        self.push(message=message | more)

    def press(self, data, *, chat=PRIVATE):
        message = {"message_id": 4, "date": 1, "chat": chat, "text": "x"}
        self.push(
            callback_query={"id": "1", "chat_instance": "1", "from": ANN, "message": message, "data": data}
        )

    async def _news(self, fields):
        self.updates = [one for one in self.updates if one["update_id"] >= int(fields.get("offset", 0))]
        if not self.updates and int(fields.get("timeout", 0)):
            self._arrived.clear()
            await self._arrived.wait()
        return self.updates

    def _result(self, method, fields):
        if method == "getMe":
            return BOT
        if method == "getChatMember":
            user = int(fields["user_id"])
            member = {"user": {"id": user, "is_bot": False, "first_name": "x"}, "status": "member"}
            return member | NO_RIGHTS | {"status": "administrator"} if user in self.admins else member
        if method in ("sendMessage", "editMessageText"):
            return {"message_id": next(self._numbers), "date": 0, "chat": PRIVATE, "text": fields["text"]}
        return True


async def _fields(request):
    return await (request.json() if request.content_type == "application/json" else request.post())


def _refusal(code, description, **parameters):
    answer = {"ok": False, "error_code": code, "description": description}
    return web.json_response(answer | ({"parameters": parameters} if parameters else {}), status=code)


class Bot:
    """What the bot was asked, and answered."""

    def __init__(self):
        self.asked, self.closed = [], []

    async def answer(self, request):
        self.asked.append(request)
        return say(f"answer to {request.command}")

    async def room_closed(self, address, reason):
        self.closed.append((address, reason))


def say(text):
    return Message((Paragraph((Run(text),)),))


@pytest.fixture
async def telegram():
    handler, app = Telegram(), web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    async with TestServer(app) as server:
        handler.base = str(server.make_url("/"))
        yield handler


@pytest.fixture
def bot():
    return Bot()


@pytest.fixture
async def chat(telegram, bot):
    chat = TelegramChat(token="1:token", api_base=telegram.base, commands=MENU)
    await chat.start(bot.answer, bot.room_closed)
    yield chat
    telegram.push()
    await chat.stop()


async def seen(condition):
    """Wait until it holds; the suite's time limit ends a wait in vain."""
    await until(lambda: condition())


async def test_start_sets_the_menu_and_no_webhook(telegram, chat):
    assert [method for method, _ in telegram.calls] == ["getMe", "setMyCommands", "deleteWebhook"]


async def test_menu_is_set_in_each_language(telegram, bot):
    german = [("help", "zeigen, was du fragen kannst")]
    chat = TelegramChat(token="1:token", api_base=telegram.base, commands=MENU, translated={"de": german})

    await chat.start(bot.answer, bot.room_closed)

    menus = [fields.get("language_code") for method, fields in telegram.calls if method == "setMyCommands"]
    assert menus == [None, "de"]
    telegram.push()
    await chat.stop()


async def test_typed_command_is_answered(telegram, chat, bot):
    telegram.text("/Help  a\nb")

    await seen(lambda: telegram.called("sendMessage"))

    (request,) = bot.asked
    assert (request.command, request.arguments, request.address) == (
        "help",
        ("a", "b"),
        Address("telegram", "7"),
    )
    assert (request.asker.id, request.asker.language, request.may_change) == ("7", "uk", True)
    assert telegram.called("sendMessage")[0]["text"] == "answer to help"


async def test_in_groups_only_commands_for_us_are_answered_and_in_their_topic(telegram, chat, bot):
    for text in ("hello", "/ban x", "/help@other_bot"):
        telegram.text(text, chat=GROUP)
    telegram.text("/sources@Quote_Bot", chat=GROUP, message_thread_id=5, is_topic_message=True)

    await seen(lambda: telegram.called("sendMessage"))

    assert [request.command for request in bot.asked] == ["sources"]
    assert bot.asked[0].address == Address("telegram", "-100", thread="5")
    assert telegram.called("sendMessage")[0]["message_thread_id"] == 5


async def test_only_admins_of_a_group_may_change_it_also_unseen_ones(telegram, chat, bot):
    telegram.admins = {7}
    telegram.text("/help", chat=GROUP)
    telegram.text("/help", chat=GROUP)
    telegram.text("/help", chat=GROUP, sender=ANN | {"id": 8})
    telegram.text("/help", chat=GROUP, sender_chat=GROUP)
    telegram.text("/help", chat=GROUP, sender_chat=CHANNEL)

    await seen(lambda: len(telegram.called("sendMessage")) == 5)

    assert [request.may_change for request in bot.asked] == [True, True, False, True, False]
    assert len(telegram.called("getChatMember")) == 2


@pytest.mark.parametrize(
    ("text", "command", "arguments"),
    [
        ("https://a.example/feed", "subscribe", ("https://a.example/feed",)),
        ("a.example b.example/x", "subscribe", ("a.example", "b.example/x")),
        ("what is this", "help", ()),
    ],
)
async def test_plain_text_in_a_private_chat_is_understood(telegram, chat, bot, text, command, arguments):
    telegram.text(text)

    await seen(lambda: bot.asked)

    assert (bot.asked[0].command, bot.asked[0].arguments) == (command, arguments)


async def test_channel_posts_are_from_its_admins(telegram, chat, bot):
    post = {"message_id": 1, "date": 0, "chat": CHANNEL, "sender_chat": CHANNEL, "text": "/help"}
    telegram.push(channel_post=post)

    await seen(lambda: bot.asked)

    assert (bot.asked[0].may_change, bot.asked[0].asker.name) == (True, "News")


async def test_answer_to_a_button_replaces_its_message(telegram, chat, bot):
    telegram.press("unsubscribe 3")

    await seen(lambda: telegram.called("editMessageText"))

    assert (bot.asked[0].command, bot.asked[0].arguments) == ("unsubscribe", ("3",))
    assert telegram.called("answerCallbackQuery")


async def test_answer_to_a_button_of_a_digest_leaves_the_digest(telegram, chat):
    telegram.press("+pause")

    await seen(lambda: telegram.called("sendMessage"))

    assert not telegram.called("editMessageText")


async def test_refusal_is_shown_to_the_bystander_alone(telegram, chat):
    telegram.press("pause", chat=GROUP)

    await seen(lambda: telegram.called("answerCallbackQuery"))

    assert telegram.called("answerCallbackQuery")[0]["text"] == "answer to pause"
    assert not telegram.called("editMessageText") + telegram.called("sendMessage")


async def test_blocked_bot_tells_that_the_room_is_closed(telegram, chat, bot):
    telegram.push(
        my_chat_member={
            "chat": PRIVATE,
            "from": ANN,
            "date": 0,
            "old_chat_member": {"status": "member", "user": BOT},
            "new_chat_member": {"status": "kicked", "user": BOT, "until_date": 0},
        }
    )

    await seen(lambda: bot.closed)

    assert bot.closed == [(Address("telegram", "7"), "blocked by the reader")]


async def test_answer_that_is_refused_comes_again_plain(telegram, chat):
    telegram.refusals = [
        _refusal(429, "Too Many Requests: retry after 1", retry_after=0.01),
        _refusal(400, "Bad Request: can't parse entities"),
    ]
    telegram.text("/help")

    await seen(lambda: len(telegram.called("sendMessage")) == 3)

    assert ["parse_mode" in fields for fields in telegram.called("sendMessage")] == [True, True, False]


async def test_answer_to_one_who_blocked_us_meanwhile_closes_the_room(telegram, chat, bot):
    telegram.refusals = [_refusal(403, "Forbidden: bot was blocked by the user")]
    telegram.text("/help")

    await seen(lambda: bot.closed)


async def test_part_is_sent_to_its_topic_and_a_repeat_says_so(telegram, chat):
    (part,) = chat.parts(say("news"))

    message_id = await chat.send(Address("telegram", "-100", thread="3"), part, repeat=True)

    assert message_id
    (fields,) = telegram.called("sendMessage")
    assert (fields["chat_id"], fields["message_thread_id"]) == (-100, 3)
    assert fields["text"] == "<i>(possible repeat)</i>\nnews"


async def test_group_that_moved_names_its_new_room(telegram, chat):
    telegram.refusals = [_refusal(400, "Bad Request: upgraded", migrate_to_chat_id=-1005)]
    (part,) = chat.parts(say("news"))

    with pytest.raises(ChatMoved) as caught:
        await chat.send(Address("telegram", "-100"), part)

    assert caught.value.room == "-1005"


async def test_wrong_token_is_named_at_the_start(telegram, bot):
    chat = TelegramChat(token="1:wrong", api_base=telegram.base)

    with pytest.raises(Misconfigured, match="TELEGRAM_BOT_TOKEN"):
        await chat.start(bot.answer, bot.room_closed)

    await chat.stop()


async def test_chat_that_does_not_listen_can_send(telegram):
    chat = TelegramChat(token="1:token", api_base=telegram.base)
    (part,) = chat.parts(say("news"))

    await chat.send(Address("telegram", "7"), part)
    await chat.stop()

    assert [method for method, _ in telegram.calls] == ["sendMessage"]


class Paced:
    """See `bot.chats.contract.Pace`."""

    def __init__(self, *, away=False):
        self.asked, self.held, self.may_leave, self.away = [], [], asyncio.Event(), away

    async def answer(self, address):
        if self.away:
            raise OSError("the database is away")
        self.asked.append(address)
        await self.may_leave.wait()

    async def hold(self, address, *, seconds):
        self.held.append(seconds)


@pytest.fixture
async def paced(telegram, bot):
    pace = Paced()
    chat = TelegramChat(token="1:token", api_base=telegram.base, pace=pace)
    await chat.start(bot.answer, bot.room_closed)
    yield pace
    telegram.push()
    await chat.stop()


async def test_answers_wait_for_their_place_in_the_bots_rate(telegram, paced):
    telegram.text("/help")
    await seen(lambda: paced.asked)
    assert not telegram.called("sendMessage")

    paced.may_leave.set()
    await seen(lambda: telegram.called("sendMessage"))

    assert paced.asked == [Address("telegram", "7")]


async def test_bot_that_answers_too_fast_is_held_as_a_whole(telegram, paced):
    telegram.refusals = [_refusal(429, "Too Many Requests: retry after 1", retry_after=0.01)]
    paced.may_leave.set()
    telegram.text("/help")

    await seen(lambda: len(telegram.called("sendMessage")) == 2)

    assert paced.held == [0.01]


async def test_answer_comes_also_where_its_place_cannot_be_asked_for(telegram, paced):
    paced.away = True
    telegram.text("/help")

    await seen(lambda: telegram.called("sendMessage"))


@pytest.mark.parametrize("paid", [True, False])
async def test_stars_are_offered_for_digests_only_where_the_operator_said_so(telegram, paid):
    chat = TelegramChat(token="1:token", api_base=telegram.base, paid=paid)
    (part,) = chat.parts(say("news"))

    await chat.send(Address("telegram", "7"), part)

    (fields,) = telegram.called("sendMessage")
    assert fields.get("allow_paid_broadcast", False) is paid
    await chat.stop()
