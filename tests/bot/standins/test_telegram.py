"""The stand-in of Telegram is as strict as the platform: each test is one thing it must not let through."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.standins.damage import damages
from bot.standins.faults import Fault, Wrong
from bot.standins.telegram import TelegramStandIn
from bot.standins.telegram.checks import ApiError, table
from bot.standins.telegram.entities import Entity, parsed, utf16_length
from bot.standins.telegram.generate import table_of
from bot.standins.telegram.limits import Limits
from bot.standins.telegram.methods import METHODS


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
        ("sendMessage", {"chat_id": 7000}, "message text is empty"),
        ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": 7000.5, "text": "x"}, "chat_id"),
        ("sendMessage", {"chat_id": True, "text": "x"}, "chat_id"),
        ("sendMessage", {"chat_id": 7000, "text": "\ud83d"}, "UTF-8"),
        ("sendMessage", {"chat_id": 7000, "text": "x", "message_thread_id": 5}, "message thread not found"),
        (
            "sendMessage",
            {"chat_id": 7000, "text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
            "outside",
        ),
        (
            "sendMessage",
            {"chat_id": 7000, "text": "😀", "entities": [{"type": "bold", "offset": 1, "length": 1}]},
            "UTF-16",
        ),
        (
            "sendMessage",
            {"chat_id": 7000, "text": "x", "entities": [{"type": "loud", "offset": 0, "length": 1}]},
            "loud",
        ),
        (
            "sendMessage",
            {"chat_id": 7000, "text": "x", "entities": [{"type": "text_link", "offset": 0, "length": 1}]},
            "url",
        ),
        ("setMyCommands", {"commands": [{"command": "Help", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [], "scope": {"type": "everybody"}}, "scope"),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat"}}, "scope"),
        ("setMyDescription", {"description": "x" * 513}, "too long"),
        ("setWebhook", {"url": "http://a.example"}, "HTTPS"),
        ("answerCallbackQuery", {"callback_query_id": "9"}, "query is too old"),
        ("sendChatAction", {"chat_id": 7000, "action": "dancing"}, "action"),
        ("getChatMember", {"chat_id": 7000, "user_id": 5}, "user not found"),
        ("deleteMessage", {"chat_id": 7000, "message_id": 5}, "message to delete not found"),
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
        ("see #Київ", "live hashtag"),
        ("call +44 20 7946 0958", "live phone_number"),
        ("pay 4111 1111 1111 1111", "live bank_card_number"),
        ("<b>www.evil.com</b>", "live url"),
        ("<blockquote>@durov_x said</blockquote>", "live mention"),
        ("<b><code>x</code></b>", "bold lost in code"),
        ("a\x07b", "a control character"),
        ("a\u2067b", "a control of the reading direction"),
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
    html = (
        '<code>/start @durov_x</code> <a href="https://example.org">evil.example #x</a> 3 &lt; 4 or 24/7, '
        "№ 5, R&amp;D, 1,234.5 km/h, v1.2.3, e.g. and a \u2067b\u2069 turned back"
    )

    await call(telegram, "sendMessage", chat_id=reader.id, text=html, parse_mode="HTML")

    assert telegram.defects == []


async def test_a_message_comes_by_form_by_query_and_by_json(telegram: TelegramStandIn) -> None:
    reader = telegram.person("Ada")
    url = f"{telegram.api_base}/bot{telegram.token}/sendmessage"
    fields = {"chat_id": str(reader.id), "text": "x", "link_preview_options": '{"is_disabled": true}'}
    parts = aiohttp.FormData(fields)
    parts._is_multipart = True

    async with aiohttp.ClientSession() as session:
        answers = [
            await session.get(url, params=fields),
            await session.post(url, data=fields),
            await session.post(url, data=parts),
            await session.post(url, json={**fields, "link_preview_options": {"is_disabled": True}}),
        ]

    assert [answer.status for answer in answers] == [200] * 4
    assert [message.preview for message in reader.private.shown] == [{"is_disabled": True}] * 4


@pytest.mark.parametrize("body", ["[1]", "{", "\x00"])
async def test_a_body_that_is_no_object_is_refused(telegram: TelegramStandIn, body: str) -> None:
    url = f"{telegram.api_base}/bot{telegram.token}/getMe"
    headers = {"Content-Type": "application/json"}

    async with aiohttp.ClientSession(headers=headers) as session:
        answer = await session.post(url, data=body)

    assert answer.status == 400


async def test_files_are_not_there(telegram: TelegramStandIn) -> None:
    async with aiohttp.ClientSession() as session:
        answer = await session.get(f"{telegram.api_base}/file/bot{telegram.token}/x")

    assert answer.status == 404


async def test_a_message_is_edited_once_shown_and_gone_once_deleted(telegram: TelegramStandIn) -> None:
    reader = telegram.person("Ada")
    sent = await call(telegram, "sendMessage", chat_id=reader.id, text="one")
    where = {"chat_id": reader.id, "message_id": sent["result"]["message_id"]}

    same = await call(telegram, "editMessageText", **where, text="one")
    changed = await call(telegram, "editMessageText", **where, text="two")
    deleted = await call(telegram, "deleteMessage", **where)
    again = await call(telegram, "editMessageText", **where, text="three")

    message = reader.private.shown[0]
    assert "message is not modified" in same["description"]
    assert (changed["ok"], deleted["result"], again["error_code"]) == (True, True, 400)
    assert (message.text, message.before, message.deleted) == ("two", ["one"], True)


async def test_a_press_is_answered_once_and_seen_in_its_own_chat_alone(telegram: TelegramStandIn) -> None:
    ada, gus = telegram.person("Ada"), telegram.person("Gus")
    keyboard = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    await call(telegram, "sendMessage", chat_id=ada.id, text="x", reply_markup=keyboard)

    ada.press(ada.private.shown[0], "Go")
    query = (await call(telegram, "getUpdates"))["result"][0]["callback_query"]
    first = await call(telegram, "answerCallbackQuery", callback_query_id=query["id"], text="done")
    second = await call(telegram, "answerCallbackQuery", callback_query_id=query["id"])

    assert (query["data"], first["ok"], second["ok"]) == ("go", True, False)
    assert (ada.private.toasts, gus.private.toasts) == (["done"], [])


async def test_a_topic_takes_messages_until_it_is_closed(telegram: TelegramStandIn) -> None:
    forum = telegram.group("News")
    thread = telegram.topic(forum, "Digests")

    sent = await call(telegram, "sendMessage", chat_id=forum.id, message_thread_id=thread, text="x")
    forum.topics[thread].closed = True
    closed = await call(telegram, "sendMessage", chat_id=forum.id, message_thread_id=thread, text="x")
    elsewhere = await call(telegram, "sendMessage", chat_id=forum.id, message_thread_id=99, text="x")

    assert sent["result"]["is_topic_message"]
    assert closed["description"] == "Bad Request: TOPIC_CLOSED"
    assert "message thread not found" in elsewhere["description"]


async def test_in_groups_the_bot_hears_commands_alone(telegram: TelegramStandIn) -> None:
    ada = telegram.person("Ada")
    group, channel = telegram.group("News", admins=(ada,)), telegram.channel("Wire")

    ada.say("hello all", group)
    ada.say("/help", group)
    ada.say("/help", group, anonymous=True)
    ada.say("/help", channel)
    heard = (await call(telegram, "getUpdates"))["result"]

    assert [sorted(update)[0] for update in heard] == ["message", "message", "channel_post"]
    assert heard[0]["message"]["from"]["id"] == ada.id
    assert heard[1]["message"]["sender_chat"]["id"] == group.id
    assert "from" not in heard[2]["channel_post"]


async def test_a_bot_that_was_removed_neither_hears_nor_speaks(telegram: TelegramStandIn) -> None:
    ada, group = telegram.person("Ada"), telegram.group("News")

    ada.remove_bot(group)
    ada.say("/help", group)
    refused = await call(telegram, "sendMessage", chat_id=group.id, text="x")
    ada.add_bot(group)
    back = await call(telegram, "sendMessage", chat_id=group.id, text="x")
    heard = (await call(telegram, "getUpdates"))["result"]

    assert refused["description"] == "Forbidden: bot was kicked from the supergroup chat"
    assert back["ok"]
    standings = [update["my_chat_member"]["new_chat_member"]["status"] for update in heard]
    assert standings == ["kicked", "member"]


async def test_only_the_kinds_of_updates_that_were_asked_for_come(telegram: TelegramStandIn) -> None:
    ada = telegram.person("Ada")
    await call(telegram, "getUpdates", allowed_updates=["my_chat_member"])

    ada.say("/help")
    ada.block()
    heard = (await call(telegram, "getUpdates"))["result"]

    assert [sorted(update)[0] for update in heard] == ["my_chat_member"]


async def test_a_webhook_and_polling_exclude_each_other(telegram: TelegramStandIn) -> None:
    telegram.person("Ada").say("/help")
    await call(telegram, "setWebhook", url="https://bot.example/hook")

    polled = await call(telegram, "getUpdates")
    info = await call(telegram, "getWebhookInfo")
    await call(telegram, "deleteWebhook", drop_pending_updates=True)
    after = await call(telegram, "getUpdates")

    assert polled["error_code"] == 409
    assert (info["result"]["url"], info["result"]["pending_update_count"]) == ("https://bot.example/hook", 1)
    assert after["result"] == []


async def test_menus_differ_by_scope_and_language(telegram: TelegramStandIn) -> None:
    for scope, language in (({"type": "default"}, "uk"), ({"type": "all_group_chats"}, "")):
        line = f"{scope['type']} {language}"
        commands = [{"command": "help", "description": line}]
        await call(telegram, "setMyCommands", commands=commands, scope=scope, language_code=language)

    found = await call(telegram, "getMyCommands", scope={"type": "all_group_chats"})

    assert found["result"] == [{"command": "help", "description": "all_group_chats "}]
    assert telegram.menu == ()


async def test_messages_that_come_too_fast_are_refused_where_limits_are_on() -> None:
    now = [0.0]
    async with TelegramStandIn(limits=Limits(clock=lambda: now[0])) as telegram:
        people = [telegram.person(f"P{number}") for number in range(31)]
        group = telegram.group("News")

        twice = [await call(telegram, "sendMessage", chat_id=people[0].id, text="x") for _ in range(2)]
        now[0] = 10.0
        many = [await call(telegram, "sendMessage", chat_id=one.id, text="x") for one in people]
        for _ in range(20):
            now[0] += 1.5
            await call(telegram, "sendMessage", chat_id=group.id, text="x")
        now[0] += 1.5
        flooded = await call(telegram, "sendMessage", chat_id=group.id, text="x")

    assert [answer["ok"] for answer in twice] == [True, False]
    assert [answer["ok"] for answer in many] == [True] * 30 + [False]
    assert many[-1]["parameters"]["retry_after"] == 1
    assert flooded["parameters"]["retry_after"] == 30
    assert len(group.shown) == 20


async def test_what_the_stand_in_does_not_play_is_written_down(telegram: TelegramStandIn) -> None:
    await call(telegram, "sendDice", chat_id=1)

    assert [defect.what for defect in telegram.defects] == ["sendDice is not played by this stand-in"]


async def test_a_room_that_moves_by_order_has_moved_for_good(telegram: TelegramStandIn) -> None:
    group = telegram.group("News", kind="group")
    telegram.faults.add(Fault(Wrong.MOVED))

    answers = [await call(telegram, "sendMessage", chat_id=group.id, text="x") for _ in range(2)]
    there = answers[0]["parameters"]["migrate_to_chat_id"]
    arrived = await call(telegram, "sendMessage", chat_id=there, text="x")

    assert answers[0] == answers[1]
    assert arrived["ok"]
    assert len(telegram.rooms[there].shown) == 1


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
    assert set(METHODS) <= set(table()["methods"])


def test_a_published_method_becomes_its_fields_and_the_types_that_they_need() -> None:
    text = {"name": "text", "types": ["String"], "required": True, "description": "Words"}
    kind = {"name": "type", "types": ["String"], "required": True, "description": "Type, must be loud"}
    spec = {
        "version": "1",
        "methods": {"say": {"fields": [{**text, "name": "how", "types": ["Array of How"]}, text]}},
        "types": {"How": {"subtypes": ["Loud"]}, "Loud": {"fields": [kind]}, "Idle": {"fields": []}},
    }

    assert table_of(spec) == {
        "version": "1",
        "methods": {"say": {"how": [["Array of How"], True], "text": [["String"], True]}},
        "types": {"How": ["Loud"], "Loud": {"type": [["String"], True, "loud"]}},
    }


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("  <i>q</i> \n", "q", [Entity("italic", 0, 1)]),
        ("\n\n hi <b> x </b>", "hi  x", [Entity("bold", 3, 2)]),
        ("😀<b>a</b>", "😀a", [Entity("bold", 2, 1)]),
        ("<b></b>x", "x", []),
        ("<a>https://a.example</a>", "https://a.example", [Entity("text_link", 0, 17, "https://a.example")]),
        ("<a href='x&amp;y'>z</a>", "z", [Entity("text_link", 0, 1, "x&y")]),
        ("<blockquote expandable>q</blockquote>", "q", [Entity("expandable_blockquote", 0, 1)]),
        ('<pre><code class="language-py">a</code></pre>', "a", [Entity("pre", 0, 1, language="py")]),
        ("&lt;&#33;&copy;", "<!&copy;", []),
    ],
)
def test_markup_is_shown_as_telegram_shows_it(html: str, text: str, entities: list[Entity]) -> None:
    assert parsed(html, "HTML", []) == (text, tuple(entities))


@settings(deadline=None)  # machines differ
@given(st.text())
def test_any_text_escaped_is_read_as_itself_but_for_the_spaces_around_it(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert parsed(escaped, "HTML", []) == (text.strip(" \n"), ())


@settings(deadline=None)  # machines differ
@given(st.text(alphabet="<>/abi &;\"='", max_size=40))
def test_any_markup_is_read_or_refused(html: str) -> None:
    try:
        text, entities = parsed(html, "HTML", [])
    except ApiError:
        return

    assert all(0 <= e.offset < e.offset + e.length <= utf16_length(text) for e in entities)


@settings(deadline=None)  # machines differ
@given(st.text(alphabet=st.characters(categories=("Lu", "Ll", "Nd", "Zs")), max_size=20))
def test_plain_words_are_not_damaged(text: str) -> None:
    assert list(damages(text)) == []
