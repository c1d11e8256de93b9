"""Both chats, through the real libraries, against strict stand-ins of the platforms."""

import pytest

from bot.chats.slack import SlackChat
from bot.chats.telegram import TelegramChat
from bot.errors import BadMessage, ChatClosed, NotSent, Uncertain
from bot.message import Button, Mark, Message, Paragraph, Run
from bot.model import Address
from bot.standins.faults import Fault, Wrong
from bot.standins.slack import SlackStandIn
from bot.standins.telegram import TelegramStandIn

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
