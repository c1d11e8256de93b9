"""The stand-in of Telegram is as strict as the platform: each test is one thing it must not let through."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.standins.damage import damages
from bot.standins.faults import Fault, Wrong
from bot.standins.telegram import TelegramStandIn
from bot.standins.telegram.checks import ApiError, table
from bot.standins.telegram.entities import parsed, utf16_length


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramStandIn]:
    async with TelegramStandIn() as standin:
        yield standin


async def call(telegram: TelegramStandIn, method: str, *, token: str | None = None, **given: Any) -> Any:
    """Return what the Bot API answers to a JSON call."""
    url = f"{telegram.api_base}/bot{token or telegram.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=given) as response:
        return await response.json()


async def test_a_message_is_shown_to_its_reader(telegram: TelegramStandIn) -> None:
    reader = telegram.person("Ada")

    answer = await call(telegram, "sendMessage", chat_id=reader.id, text="<b>Hi</b> &lt;", parse_mode="HTML")

    shown = await reader.private.next()
    assert answer["ok"]
    assert answer["result"]["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    assert shown.text == "Hi <"


@pytest.mark.parametrize(
    ("method", "given", "said"),
    [
        ("sendNothing", {}, "Not Found"),
        ("sendMessage", {"text": "x"}, "chat_id"),
        ("sendMessage", {"chat_id": 7000, "text": "x", "colour": "red"}, "colour"),
        ("sendMessage", {"chat_id": 7000, "text": 5}, "text must be String"),
        ("sendMessage", {"chat_id": 7000, "text": "x", "disable_notification": "perhaps"}, "notification"),
        ("sendMessage", {"chat_id": 7000, "text": "x", "reply_markup": {"keys": []}}, "reply_markup"),
        ("sendMessage", {"chat_id": 7000, "text": "x", "link_preview_options": {"off": True}}, "preview"),
        ("sendMessage", {"chat_id": 1, "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": 7000, "text": " \n "}, "message text is empty"),
        ("sendMessage", {"chat_id": 7000, "text": "x" * 4097}, "message is too long"),
        ("sendMessage", {"chat_id": 7000, "text": "😀" * 2049}, "message is too long"),
        ("sendMessage", {"chat_id": 7000, "text": "x", "parse_mode": "Wiki"}, "parse_mode"),
        ("sendPhoto", {"chat_id": 7000, "photo": "x"}, "not played"),
        ("editMessageText", {"chat_id": 7000, "message_id": 99, "text": "x"}, "message to edit not found"),
    ],
)
async def test_what_the_platform_refuses_is_refused(
    telegram: TelegramStandIn, method: str, given: dict[str, Any], said: str
) -> None:
    telegram.person("Ada")

    answer = await call(telegram, method, **given)

    assert not answer["ok"]
    assert said in answer["description"]


@pytest.mark.parametrize(
    "html",
    [
        "<b>open",
        "closed</b>",
        "<b><i>crossed</b></i>",
        "<font>x</font>",
        "a < b",
        "<blockquote>a<blockquote>b</blockquote></blockquote>",
        "<span>x</span>",
        "<a href='x>y</a>",
    ],
)
async def test_html_that_cannot_be_parsed_is_refused(telegram: TelegramStandIn, html: str) -> None:
    reader = telegram.person("Ada")

    answer = await call(telegram, "sendMessage", chat_id=reader.id, text=html, parse_mode="HTML")

    assert answer["error_code"] == 400
    assert "can't parse entities" in answer["description"]
    assert reader.private.shown == []


@pytest.mark.parametrize(
    "button",
    [
        {"text": "x", "callback_data": "é" * 33},
        {"text": "x", "callback_data": ""},
        {"text": "x"},
        {"text": "x", "callback_data": "a", "url": "https://example.org"},
        {"text": "x", "url": "javascript:alert(1)"},
    ],
)
async def test_a_button_that_cannot_be_is_refused(telegram: TelegramStandIn, button: dict[str, str]) -> None:
    reader = telegram.person("Ada")
    keyboard = {"inline_keyboard": [[button]]}

    answer = await call(telegram, "sendMessage", chat_id=reader.id, text="x", reply_markup=keyboard)

    assert answer["error_code"] == 400


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("thanks @durov_x", "live mention"),
        ("see #news", "live hashtag"),
        ("buy $TSLA", "live cashtag"),
        ("type /start", "live bot_command"),
        ("mail a.b@example.org", "live email"),
        ("go to evil.example/x", "live url"),
        ("go to http://evil.invalid.", "live url"),
        ("".join(f"<b>{n}</b> " for n in range(101)), "101 entities, of which 100 are shown"),
        ("a\u202eb", "a control of the reading direction"),
        ("e\u200d", "ends inside a grapheme"),
        ("\u0301e", "begins inside a grapheme"),
        ("\U0001f1fa", "half a flag"),
        ('<a href="ftp://x">x</a>', "a link that leads nowhere"),
    ],
)
async def test_what_the_platform_damages_is_a_defect(telegram: TelegramStandIn, text: str, what: str) -> None:
    reader = telegram.person("Ada")

    answer = await call(telegram, "sendMessage", chat_id=reader.id, text=text, parse_mode="HTML")

    assert answer["ok"]
    assert what in [defect.what for defect in telegram.defects]


async def test_words_in_links_and_code_are_not_live(telegram: TelegramStandIn) -> None:
    reader = telegram.person("Ada")
    html = '<code>/start @durov_x</code> <a href="https://example.org">evil.example #x</a> 3 < 4'.replace(
        " < ", " &lt; "
    )

    await call(telegram, "sendMessage", chat_id=reader.id, text=html, parse_mode="HTML")

    assert telegram.defects == []


async def test_updates_wait_until_they_are_confirmed(telegram: TelegramStandIn) -> None:
    reader = telegram.person("Ada")
    reader.say("/start")

    first = (await call(telegram, "getUpdates"))["result"]
    again = (await call(telegram, "getUpdates"))["result"]
    after = (await call(telegram, "getUpdates", offset=first[-1]["update_id"] + 1))["result"]

    assert first == again
    assert first[0]["message"]["text"] == "/start"
    assert after == []


async def test_an_update_wakes_a_poll_that_waits(telegram: TelegramStandIn) -> None:
    reader = telegram.person("Ada")
    poll = asyncio.create_task(call(telegram, "getUpdates", timeout=10))
    await asyncio.sleep(0.05)

    reader.say("hello")

    assert (await poll)["result"][0]["message"]["text"] == "hello"


async def test_a_second_poll_ends_the_first(telegram: TelegramStandIn) -> None:
    first = asyncio.create_task(call(telegram, "getUpdates", timeout=10))
    await asyncio.sleep(0.05)

    await call(telegram, "getUpdates", timeout=0)

    assert (await first)["error_code"] == 409


async def test_a_wrong_token_is_refused(telegram: TelegramStandIn) -> None:
    assert (await call(telegram, "getMe", token="1:wrong"))["error_code"] == 401


async def test_a_reader_who_blocks_is_reached_no_more_until_they_unblock(telegram: TelegramStandIn) -> None:
    reader = telegram.person("Ada")

    reader.block()
    blocked = await call(telegram, "sendMessage", chat_id=reader.id, text="x")
    reader.unblock()
    reached = await call(telegram, "sendMessage", chat_id=reader.id, text="x")

    assert (blocked["error_code"], reached["ok"]) == (403, True)


async def test_a_group_that_became_a_supergroup_names_its_new_id(telegram: TelegramStandIn) -> None:
    group = telegram.group("News", kind="group")

    there = telegram.migrate(group)
    answer = await call(telegram, "sendMessage", chat_id=group.id, text="x")

    assert answer["parameters"]["migrate_to_chat_id"] == there.id


@pytest.mark.parametrize(
    ("wrong", "code"),
    [(Wrong.LIMITED, 429), (Wrong.FORBIDDEN, 403), (Wrong.BAD, 400), (Wrong.BROKEN, 502)],
)
async def test_an_order_to_answer_badly_is_carried_out_once(
    telegram: TelegramStandIn, wrong: Wrong, code: int
) -> None:
    reader = telegram.person("Ada")
    telegram.faults.add(Fault(wrong, seconds=3))

    bad = await call(telegram, "sendMessage", chat_id=reader.id, text="x")
    good = await call(telegram, "sendMessage", chat_id=reader.id, text="x")

    assert (bad["error_code"], good["ok"], len(reader.private.shown)) == (code, True, 1)
    assert wrong is not Wrong.LIMITED or bad["parameters"]["retry_after"] == 3


@pytest.mark.parametrize(("wrong", "arrived"), [(Wrong.DROPPED_BEFORE, 0), (Wrong.DROPPED_AFTER, 1)])
async def test_a_dropped_connection_leaves_the_message_there_or_not(
    telegram: TelegramStandIn, wrong: Wrong, arrived: int
) -> None:
    reader = telegram.person("Ada")
    telegram.faults.add(Fault(wrong))

    with pytest.raises(aiohttp.ClientError):
        await call(telegram, "sendMessage", chat_id=reader.id, text="x")

    assert len(reader.private.shown) == arrived


def test_the_table_knows_every_method_that_the_stand_in_plays() -> None:
    from bot.standins.telegram.methods import METHODS

    assert set(METHODS) <= set(table()["methods"])


@given(st.text())
def test_any_text_escaped_is_read_as_itself_but_for_the_spaces_around_it(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert parsed(escaped, "HTML", []) == (text.strip(" \n"), ())


@given(st.text(alphabet="<>/abi &;\"='", max_size=40))
def test_any_markup_is_read_or_refused(html: str) -> None:
    try:
        text, entities = parsed(html, "HTML", [])
    except ApiError:
        return

    assert all(0 <= e.offset < e.offset + e.length <= utf16_length(text) for e in entities)


@given(st.text(alphabet=st.characters(categories=("Lu", "Ll", "Nd", "Zs")), max_size=20))
def test_plain_words_are_not_damaged(text: str) -> None:
    assert list(damages(text)) == []
