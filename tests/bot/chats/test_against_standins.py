"""Both chats, through the real libraries, against strict stand-ins of the platforms."""

import re

import pytest

from bot.chats.slack import SlackChat
from bot.chats.telegram import TelegramChat
from bot.errors import BadMessage, ChatClosed, ChatMoved, NotSent, Uncertain
from bot.message import Button, Mark, Message, Paragraph, Run
from bot.model import Address
from bot.standins.faults import Fault, Wrong
from bot.standins.slack import SlackStandIn
from bot.standins.telegram import TelegramStandIn
from tests.waiting import until

HOSTILE = (
    "<b>bold</b> </blockquote> &lt;i&gt; &amp;",
    "@everyone, ask @ann_lee: #breaking $ACME /stop /start@other_bot",
    "evil.example and https://evil.example/a?b=1&c=2 (mail@evil.example)",
    "<!channel> <@U00001> <https://evil.example|bank> *x* _y_ ~z~ `w`",
    "tg://user?id=1 [a](https://evil.example) javascript:alert(1)",
    "\u202eturned \x00nothing\x1b[31m \ud800half \ufeffmark",
    "👩‍👩‍👧🇺🇦e\u0301" * 40,
)
LINK = "https://news.example/a?b=1&c=2#:~:text=so%20it%20is"


def hostile_message():
    paragraphs = [Paragraph((Run("Thursday"),), Mark.HEADING)]
    for number, words in enumerate(HOSTILE * 4):
        paragraphs += [
            Paragraph((Run(words, bold=True, href=LINK), Run(f" · {words}")), starts_block=True),
            Paragraph((Run(words), Run(words * number)), Mark.TEXT),
            Paragraph((Run(f"“{words}”"), Run("\n— "), Run(words, href=LINK)), Mark.QUOTE),
            Paragraph((Run(words, bold=True), Run(f" — {words}")), Mark.ITEM),
            Paragraph((Run(words, italic=True, code=number % 2 == 0),), Mark.NOTE),
        ]
    return Message(tuple(paragraphs), ((Button("Pause", request="pause"),),), digest=True)


def say(text):
    return Message((Paragraph((Run(text),)),))


@pytest.fixture
async def telegram():
    async with TelegramStandIn() as platform:
        yield platform


@pytest.fixture
async def telegram_chat(telegram):
    chat = TelegramChat(token=telegram.token, api_base=telegram.api_base)
    yield chat
    await chat.stop()


@pytest.fixture
async def slack():
    async with SlackStandIn() as platform:
        yield platform


@pytest.fixture
async def slack_chat(slack):
    chat = SlackChat(bot_token=slack.bot_token, app_token=slack.app_token, api_base=slack.api_base)
    yield chat
    await chat.stop()


@pytest.mark.parametrize("plainly", [False, True])
@pytest.mark.parametrize("repeat", [False, True])
async def test_telegram_takes_hostile_words_whole(telegram, telegram_chat, plainly, repeat):
    ann = telegram.person("Ann")
    ann.say("/start")
    room = Address("telegram", str(ann.id))
    parts = telegram_chat.parts(hostile_message())

    for part in parts:
        await telegram_chat.send(room, telegram_chat.plain(part) if plainly else part, repeat=repeat)

    assert len(parts) > 3
    assert telegram.defects == []


@pytest.mark.parametrize("repeat", [False, True])
async def test_slack_takes_hostile_words_whole(slack, slack_chat, repeat):
    channel = slack.channel("news")
    room = Address("slack", channel.id)
    parts = slack_chat.parts(hostile_message())

    for part in parts:
        await slack_chat.send(room, part, repeat=repeat)

    assert len(parts) > 3
    assert slack.defects == []


OUTCOMES = [
    (Wrong.LIMITED, NotSent),
    (Wrong.FORBIDDEN, ChatClosed),
    (Wrong.BAD, BadMessage),
    (Wrong.BROKEN, Uncertain),
    (Wrong.DROPPED_BEFORE, Uncertain),
    (Wrong.DROPPED_AFTER, Uncertain),
]


@pytest.mark.parametrize(("wrong", "raised"), OUTCOMES)
async def test_what_went_wrong_in_telegram_says_what_to_do(telegram, telegram_chat, wrong, raised):
    ann = telegram.person("Ann")
    ann.say("/start")
    telegram.faults.add(Fault(wrong))
    (part,) = telegram_chat.parts(say("news"))

    with pytest.raises(raised):
        await telegram_chat.send(Address("telegram", str(ann.id)), part)

    assert [method for method, _ in telegram.calls].count("sendMessage") == 1


@pytest.mark.parametrize(("wrong", "raised"), OUTCOMES)
async def test_what_went_wrong_in_slack_says_what_to_do(slack, slack_chat, wrong, raised):
    channel = slack.channel("news")
    slack.faults.add(Fault(wrong))
    (part,) = slack_chat.parts(say("news"))

    with pytest.raises(raised):
        await slack_chat.send(Address("slack", channel.id), part)

    assert [method for method, _ in slack.calls].count("chat.postMessage") == 1


TELEGRAM_SAYS = [
    (Wrong.FORBIDDEN, "Forbidden: bot was blocked by the user", ChatClosed),
    (Wrong.FORBIDDEN, "Forbidden: bot was kicked from the supergroup chat", ChatClosed),
    (Wrong.FORBIDDEN, "Forbidden: user is deactivated", ChatClosed),
    (Wrong.FORBIDDEN, "Forbidden: bot can't initiate conversation with a user", ChatClosed),
    (Wrong.BAD, "Bad Request: chat not found", ChatClosed),
    (Wrong.BAD, "Bad Request: message thread not found", ChatClosed),
    (Wrong.BAD, "Bad Request: not enough rights to send text messages to the chat", ChatClosed),
    (Wrong.BAD, "Bad Request: can't parse entities: unexpected end tag", BadMessage),
    (Wrong.BAD, "Bad Request: message is too long", BadMessage),
]


@pytest.mark.parametrize(("wrong", "said", "raised"), TELEGRAM_SAYS)
async def test_each_refusal_of_telegram_is_told_by_its_own_words(
    telegram, telegram_chat, wrong, said, raised
):
    telegram.faults.add(Fault(wrong, code=said))
    (part,) = telegram_chat.parts(say("news"))

    with pytest.raises(raised, match="(?i)" + re.escape(said.split(": ")[-1])):
        await telegram_chat.send(Address("telegram", str(telegram.person("Ann").id)), part)


async def test_group_that_migrated_is_told_with_its_new_id(telegram, telegram_chat):
    group = telegram.group("Club", kind="group")
    there = telegram.migrate(group)
    (part,) = telegram_chat.parts(say("news"))

    with pytest.raises(ChatMoved) as caught:
        await telegram_chat.send(Address("telegram", str(group.id)), part)

    assert caught.value.room == str(there.id)


async def test_revoked_token_of_telegram_closes_no_room_and_holds_the_bot(telegram):
    chat = TelegramChat(token="4200:revoked-in-the-meantime", api_base=telegram.api_base)
    (part,) = chat.parts(say("news"))

    with pytest.raises(NotSent) as caught:
        await chat.send(Address("telegram", "7"), part)

    assert caught.value.whole_lane
    await chat.stop()


SLACK_SAYS = [
    *((Wrong.FORBIDDEN, code, ChatClosed) for code in ("is_archived", "channel_not_found", "not_in_channel")),
    *((Wrong.FORBIDDEN, code, ChatClosed) for code in ("token_revoked", "account_inactive", "user_disabled")),
    *((Wrong.BAD, code, BadMessage) for code in ("invalid_blocks", "msg_too_long", "msg_blocks_too_long")),
    *((Wrong.BAD, code, Uncertain) for code in ("internal_error", "fatal_error", "service_unavailable")),
    *((Wrong.BAD, code, NotSent) for code in ("invalid_auth", "missing_scope", "ratelimited")),
]


@pytest.mark.parametrize(("wrong", "code", "raised"), SLACK_SAYS)
async def test_each_refusal_of_slack_is_told_by_its_code(slack, slack_chat, wrong, code, raised):
    slack.faults.add(Fault(wrong, code=code))
    (part,) = slack_chat.parts(say("news"))

    with pytest.raises(raised):
        await slack_chat.send(Address("slack", slack.channel("news").id), part)

    assert [method for method, _ in slack.calls].count("chat.postMessage") == 1


class Listener:
    """What a chat that listens tells us."""

    def __init__(self) -> None:
        self.moved = []

    async def answer(self, request):
        return say("hello")

    async def room_closed(self, address, reason): ...

    async def room_moved(self, address, room):
        self.moved.append((address, room))


async def test_slack_channel_that_is_shared_and_gets_a_new_id_is_told(slack, slack_chat):
    here, listener = slack.channel("news", private=True), Listener()
    await slack_chat.start(listener.answer, listener.room_closed, listener.room_moved)

    there = slack.share(here)
    await until(lambda: listener.moved)

    ((address, room),) = listener.moved
    assert (address.room, room) == (here.id, there.id)
    assert address.tenant


async def test_telegram_group_that_migrates_is_told_before_anything_is_sent(telegram, telegram_chat):
    group, listener = telegram.group("Club", kind="group"), Listener()
    await telegram_chat.start(listener.answer, listener.room_closed, listener.room_moved)

    there = telegram.migrate(group)
    await until(lambda: listener.moved)

    assert listener.moved == [(Address("telegram", str(group.id)), str(there.id))]
