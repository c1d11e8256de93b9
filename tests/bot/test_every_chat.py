"""What holds for each chat, so that a new one is tested the day it is added."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chats.contract import Chat
from bot.chats.plain import literal
from bot.chats.slack import SlackChat
from bot.chats.telegram import TelegramChat
from bot.message import Button, Mark, Message, Paragraph, Run

CHATS: tuple[Chat, ...] = (
    TelegramChat(token="123456:not-a-token"),
    SlackChat(bot_token="xoxb-none", app_token="xapp-none"),
)

runs = st.builds(Run, text=st.text(max_size=60), bold=st.booleans(), code=st.booleans())
paragraphs = st.builds(
    Paragraph,
    runs=st.lists(runs, max_size=3).map(tuple),
    mark=st.sampled_from(Mark),
    starts_block=st.booleans(),
)
messages = st.builds(Message, st.lists(paragraphs, max_size=5).map(tuple))


@pytest.fixture(params=CHATS, ids=lambda chat: chat.name)
def chat(request):
    return request.param


def letters(text):
    return "".join(text.replace("•", "").split())


def test_name_is_that_of_its_folder(chat):
    assert type(chat).__module__ == f"bot.chats.{chat.name}.chat"


@given(message=messages)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_parts_say_all_that_the_message_says(chat, message):
    parts = chat.parts(message)

    said = "".join(part.text for part in parts)
    assert letters(said) == letters(literal("".join(p.text + " " for p in message.paragraphs)))
    assert all(part.text.strip() for part in parts)


@given(message=messages)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_parts_are_made_the_same_way_each_time_and_hold_json(chat, message):
    assert chat.parts(message) == chat.parts(message)
    assert all(isinstance(json.loads(part.body), dict) for part in chat.parts(message))


def test_foreign_markup_is_shown_as_written(chat):
    words = "<b>x</b> *y* _z_ `w` [a](https://b.example) <!channel> &amp;"

    (part,) = chat.parts(Message((Paragraph((Run(words),)),)))

    assert part.text == words


def test_buttons_are_on_the_last_part_alone(chat):
    button = Button("Pause it", request="pause")
    message = Message((Paragraph((Run("word " * 4000),)),), ((button,),))

    *others, last = chat.parts(message)

    assert others
    assert "Pause it" in last.body
    assert not any("Pause it" in part.body for part in others)


def test_plain_part_says_the_same_and_is_plain_already(chat):
    (part,) = chat.parts(Message((Paragraph((Run("“Words” <b>"), Run("link", href="https://a.example"))),)))

    plain = chat.plain(part)

    assert plain != part
    assert plain.text == part.text
    assert chat.plain(plain) == plain


def test_message_without_text_has_no_parts(chat):
    assert chat.parts(Message((Paragraph((Run(" \n"),)),))) == ()


async def test_chat_that_never_listened_can_be_stopped(chat):
    await chat.stop()
