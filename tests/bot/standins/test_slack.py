"""The stand-in of Slack is as strict as the platform: each test is one thing that it must not let through."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from bot.standins.faults import Fault, Wrong
from bot.standins.slack import SlackStandIn, server
from bot.standins.slack.blocks import problems, view_problems
from bot.standins.slack.methods import METHODS
from bot.standins.slack.parameters import PARAMETERS
from bot.standins.slack.rooms import Channel
from bot.standins.slack.shown import plain
from tests.waiting import PATIENCE

QUIET = {"unfurl_links": False, "unfurl_media": False}


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn() as standin:
        yield standin


@pytest.fixture
def channel(slack: SlackStandIn) -> Channel:
    return slack.channel("newsroom")


async def call(slack: SlackStandIn, method: str, *, token: str | None = None, **given: Any) -> Any:
    """Return what the Web API answers to a JSON call."""
    headers = {"Authorization": f"Bearer {token or slack.bot_token}"}
    url = slack.api_base + method
    async with aiohttp.ClientSession() as session, session.post(url, json=given, headers=headers) as response:
        return await response.json()


async def post(slack: SlackStandIn, channel: Channel, **given: Any) -> Any:
    return await call(slack, "chat.postMessage", channel=channel.id, **(QUIET | {"text": "x"} | given))


def section(text: str, kind: str = "mrkdwn") -> dict[str, Any]:
    return {"type": "section", "text": {"type": kind, "text": text}}


def rich(*leaves: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(leaves)}]}


def button(**fields: Any) -> dict[str, Any]:
    label = {"type": "plain_text", "text": "Go"}
    return {"type": "actions", "elements": [{"type": "button", "text": label, "action_id": "a", **fields}]}


@dataclass
class Bot:
    """The other end of a web socket."""

    socket: aiohttp.ClientWebSocketResponse

    async def envelope(self, **payload: Any) -> Any:
        """Return the next envelope, acknowledged, if it has to be with an answer."""
        envelope = await self.socket.receive_json(timeout=PATIENCE)
        answer = {"payload": payload} if payload else {}
        await self.socket.send_json({"envelope_id": envelope["envelope_id"], **answer})
        return envelope


@asynccontextmanager
async def socket(slack: SlackStandIn) -> AsyncIterator[Bot]:
    async with aiohttp.ClientSession() as session, session.ws_connect(slack.socket_url()) as opened:
        assert (await opened.receive_json())["type"] == "hello"
        yield Bot(opened)


def modal(*blocks: dict[str, Any], **fields: Any) -> dict[str, Any]:
    title = {"type": "plain_text", "text": "Settings"}
    return {"type": "modal", "title": title, "submit": title, "blocks": [*blocks] or [section("x")], **fields}


def typed(**fields: Any) -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": "words"}
    label = {"type": "plain_text", "text": "Words"}
    return {"type": "input", "block_id": "in", "label": label, "element": element, **fields}


async def test_a_message_is_shown_in_its_channel(slack: SlackStandIn, channel: Channel) -> None:
    answer = await post(slack, channel, blocks=[rich({"type": "text", "text": "a & <b>"})])

    shown = await channel.next()
    assert answer["ok"]
    assert shown.text == "a & <b>"
    assert slack.defects == []


@pytest.mark.parametrize(
    ("method", "given", "code"),
    [
        ("chat.shout", {}, "unknown_method"),
        ("chat.postMessage", {"text": "x"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "C9", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "C00001", "text": "x", "colour": "red"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "C00001"}, "no_text"),
        ("chat.postMessage", {"channel": "C00001", "text": "x" * 40_001}, "msg_too_long"),
        ("chat.update", {"channel": "C00001", "ts": "1.1", "text": "x"}, "message_not_found"),
        ("users.info", {"user": "U9"}, "user_not_found"),
        ("chat.postMessage", {"channel": "C00001", "text": 5}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "C00001", "text": "x", "unfurl_links": "no"}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "C00001", "text": "x", "blocks": "[{"}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": "C00001", "text": "x", "blocks": {}}, "invalid_blocks_format"),
        ("chat.postEphemeral", {"channel": "C00001", "text": "x", "user": "U9"}, "user_not_in_channel"),
        ("chat.delete", {"channel": "C00001", "ts": "1.1"}, "message_not_found"),
        ("conversations.open", {}, "users_list_not_supplied"),
        ("conversations.info", {"channel": "C9"}, "channel_not_found"),
        ("views.open", {"view": {"type": "modal"}, "trigger_id": "1"}, "invalid_trigger_id"),
        ("views.update", {"view": {"type": "modal"}, "view_id": "V1"}, "not_found"),
    ],
)
async def test_what_the_platform_refuses_is_refused(
    slack: SlackStandIn, channel: Channel, method: str, given: dict[str, Any], code: str
) -> None:
    answer = await call(slack, method, **given)

    assert (answer["ok"], answer["error"]) == (False, code)
    assert channel.posted == []


@pytest.mark.parametrize(
    "blocks",
    [
        [section("x")] * 51,
        [section("")],
        [section("x" * 3001)],
        [section("x", "html")],
        [{"type": "section"}],
        [{"type": "paragraph", "text": "x"}],
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
        [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
        [{"type": "context", "elements": [{"type": "plain_text", "text": "x"}] * 11}],
        [button(text={"type": "plain_text", "text": "x" * 76})],
        [button(value="x" * 2001)],
        [button(colour="red")],
        [{"type": "actions", "elements": button()["elements"] * 2}],
        [{**section("x"), "block_id": "b"}, {**section("y"), "block_id": "b"}],
        [rich({"type": "text", "text": ""})],
        [rich({"type": "link", "text": "x"})],
        [rich({"type": "text", "text": "x", "style": {"blink": True}})],
        [rich({"type": "text", "text": "x", "style": {"bold": "yes"}})],
        [rich({"type": "text", "text": 5})],
        [rich({"type": "link", "url": "x" * 3001})],
        [{"type": "rich_text", "elements": []}],
        [{"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": []}]}],
        [{"type": "rich_text", "elements": [rich()["elements"][0] | {"type": "rich_text_table"}]}],
        [{"type": "context", "elements": ["x"]}],
        [{"type": "actions", "elements": []}],
        [{"type": "actions", "elements": None}],
        [{**section("x"), "block_id": "b" * 256}],
        [{**section("x"), "accessory": {"type": "button"}}],
        [{**section("x"), "fields": [section("x")["text"]] * 11}],
        [button(style="huge")],
        [button(action_id="")],
        [button(url="")],
        ["x"],
        [None],
    ],
)
async def test_blocks_that_cannot_be_are_refused(
    slack: SlackStandIn, channel: Channel, blocks: list[dict[str, Any]]
) -> None:
    answer = await post(slack, channel, blocks=blocks)

    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"]
    assert channel.posted == []


async def test_blocks_that_are_too_much_together_are_refused(slack: SlackStandIn, channel: Channel) -> None:
    answer = await post(slack, channel, blocks=[section("x" * 2900)] * 5)

    assert answer["error"] == "msg_blocks_too_long"


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"text": "a < b"}, "text that is not escaped"),
        ({"text": "AT&T"}, "text that is not escaped"),
        ({"text": "see https://evil.example/x"}, "a live link"),
        ({"text": "see evil.example"}, "a live link"),
        ({"text": "@here", "link_names": True}, "names in the text become live"),
        ({"text": "<#C00001>"}, "a live mention: <#C00001>"),
        ({"text": "x\x07"}, "a control character"),
        ({"blocks": [section("see evil.example")]}, "a live link"),
        ({"text": "<!channel> read this"}, "a live mention: <!channel>"),
        ({"text": "<@U00001> read this"}, "a live mention: <@U00001>"),
        ({"text": "", "blocks": [section("x")]}, "blocks without a text for notifications"),
        ({"text": "x" * 4001}, "text of more than 4000 characters"),
        ({"unfurl_links": True}, "unfurl_links is not off"),
        ({"blocks": [section("a <b> c")]}, "text that is not escaped: <b>"),
        (
            {"blocks": [rich({"type": "link", "url": "javascript:1", "text": "x"})]},
            "a link that leads nowhere",
        ),
        ({"blocks": [rich({"type": "broadcast", "range": "here"})]}, "a live mention"),
        ({"blocks": [rich({"type": "text", "text": "e\u200d"})]}, "ends inside a grapheme"),
    ],
)
async def test_what_the_platform_damages_is_a_defect(
    slack: SlackStandIn, channel: Channel, given: dict[str, Any], what: str
) -> None:
    answer = await post(slack, channel, **given)

    assert answer["ok"]
    assert any(defect.what.startswith(what) for defect in slack.defects)


async def test_a_wrong_token_is_refused(slack: SlackStandIn, channel: Channel) -> None:
    answer = await call(slack, "auth.test", token="xoxb-wrong")

    assert answer["error"] == "invalid_auth"


async def test_a_message_to_a_user_opens_their_conversation(slack: SlackStandIn) -> None:
    user = slack.user("Sam")

    await call(slack, "chat.postMessage", channel=user.id, text="x", **QUIET)

    assert (await user.direct.next()).text == "x"


async def test_a_response_url_takes_five_answers(slack: SlackStandIn, channel: Channel) -> None:
    user = slack.user("Sam")
    async with socket(slack) as bot:
        user.command("/digest", channel)
        url = (await bot.envelope())["payload"]["response_url"]

    async with aiohttp.ClientSession() as session:
        answers = [(await session.post(url, json={"text": "x", **QUIET})).status for _ in range(6)]

    assert answers == [200] * 5 + [404]
    assert channel.posted[0].only_for == user.id


async def test_an_envelope_that_is_not_acknowledged_in_time_is_a_defect(
    slack: SlackStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "ACK", 0.05)
    user = slack.user("Sam")
    async with aiohttp.ClientSession() as session, session.ws_connect(slack.socket_url()) as socket:
        hello = await socket.receive_json()
        user.command("/digest help")
        envelope = await socket.receive_json()
        await asyncio.sleep(0.2)

    assert hello["type"] == "hello"
    assert envelope["type"] == "slash_commands"
    assert [defect.what for defect in slack.defects] == ["slash_commands not acknowledged within 0 s"]


async def test_what_was_said_before_the_socket_opened_arrives_once_it_is(slack: SlackStandIn) -> None:
    slack.user("Sam").command("/digest help")
    await asyncio.sleep(0)

    async with aiohttp.ClientSession() as session, session.ws_connect(slack.socket_url()) as socket:
        await socket.receive_json()
        envelope = await socket.receive_json()
        await socket.send_json({"envelope_id": envelope["envelope_id"]})

    assert envelope["payload"]["text"] == "help"


@pytest.mark.parametrize(
    ("fault", "answered"),
    [
        (Fault(Wrong.LIMITED, seconds=2), (429, "ratelimited")),
        (Fault(Wrong.FORBIDDEN, code="not_in_channel"), (200, "not_in_channel")),
        (Fault(Wrong.BAD), (200, "invalid_blocks")),
    ],
)
async def test_an_order_to_answer_badly_is_carried_out_once(
    slack: SlackStandIn, channel: Channel, fault: Fault, answered: tuple[int, str]
) -> None:
    slack.faults.add(fault)
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    given = {"channel": channel.id, "text": "x", **QUIET}

    async with aiohttp.ClientSession(headers=headers) as session:
        bad = await session.post(slack.api_base + "chat.postMessage", json=given)
        said = (await bad.json())["error"]
    good = await post(slack, channel)

    assert (bad.status, said) == answered
    assert good["ok"]
    assert fault.wrong is not Wrong.LIMITED or bad.headers["Retry-After"] == "2"


@pytest.mark.parametrize(("wrong", "arrived"), [(Wrong.DROPPED_BEFORE, 0), (Wrong.DROPPED_AFTER, 1)])
async def test_a_dropped_connection_leaves_the_message_there_or_not(
    slack: SlackStandIn, channel: Channel, wrong: Wrong, arrived: int
) -> None:
    slack.faults.add(Fault(wrong))

    with pytest.raises(aiohttp.ClientError):
        await post(slack, channel)

    assert len(channel.posted) == arrived


async def test_a_form_is_read_as_json_is(slack: SlackStandIn, channel: Channel) -> None:
    form = {"channel": channel.id, "text": "true", "unfurl_links": "0", "unfurl_media": "false", "blocks": ""}
    form["blocks"] = '[{"type": "divider"}]'
    headers = {"Authorization": f"Bearer {slack.bot_token}"}

    async with aiohttp.ClientSession(headers=headers) as session:
        answer = await (await session.post(slack.api_base + "chat.postMessage", data=form)).json()

    assert answer["ok"]
    assert channel.posted[0].fallback == "true"
    assert channel.posted[0].blocks[0]["type"] == "divider"
    assert slack.defects == []


@pytest.mark.parametrize("body", ["[1]", "{", "null"])
async def test_a_body_that_is_no_object_is_refused(slack: SlackStandIn, body: str) -> None:
    headers = {"Authorization": f"Bearer {slack.bot_token}", "Content-Type": "application/json"}

    async with aiohttp.ClientSession(headers=headers) as session:
        answer = await (await session.post(slack.api_base + "auth.test", data=body)).json()

    assert answer["error"] in ("invalid_json", "json_not_object")


@pytest.mark.parametrize("code", ["is_archived", "not_in_channel"])
async def test_a_closed_channel_takes_nothing_but_is_known(
    slack: SlackStandIn, channel: Channel, code: str
) -> None:
    channel.closed = code

    refused = await post(slack, channel)
    known = await call(slack, "conversations.info", channel=channel.id)

    assert refused["error"] == code
    assert known["channel"]["is_archived"] is (code == "is_archived")
    assert known["channel"]["is_member"] is (code != "not_in_channel")


async def test_a_user_is_known_with_zone_and_team(slack: SlackStandIn) -> None:
    user = slack.user("Sam", zone="Asia/Kolkata")
    user.admin = True

    answer = await call(slack, "users.info", user=user.id, include_locale=True)

    known = answer["user"]
    assert (known["tz"], known["tz_label"], known["tz_offset"]) == ("Asia/Kolkata", "IST", 19_800)
    assert (known["is_admin"], known["is_bot"], known["team_id"]) == (True, False, "T0PULLQ")
    assert known["locale"] == "en-US"


async def test_an_edited_message_shows_its_new_words_and_keeps_the_old(
    slack: SlackStandIn, channel: Channel
) -> None:
    ts = (await post(slack, channel, text="before"))["ts"]

    await call(slack, "chat.update", channel=channel.id, ts=ts, text="after")
    await call(slack, "chat.delete", channel=channel.id, ts=ts)
    again = await call(slack, "chat.update", channel=channel.id, ts=ts, text="ghost")

    message = channel.posted[0]
    assert (message.text, message.before, message.edits, message.deleted) == ("after", ["before"], 1, True)
    assert again["error"] == "message_not_found"


async def test_what_only_one_sees_cannot_be_changed_by_all(slack: SlackStandIn, channel: Channel) -> None:
    user = slack.user("Sam")
    told = await call(slack, "chat.postEphemeral", channel=channel.id, user=user.id, text="psst")

    answer = await call(slack, "chat.update", channel=channel.id, ts=told["message_ts"], text="x")

    assert channel.posted[0].only_for == user.id
    assert answer["error"] == "message_not_found"


async def test_a_response_url_is_closed_after_half_an_hour() -> None:
    now = [0.0]
    async with SlackStandIn(clock=lambda: now[0]) as slack:
        async with socket(slack) as bot:
            slack.user("Sam").command("/digest")
            url = (await bot.envelope())["payload"]["response_url"]

        now[0] = 1800.0
        async with aiohttp.ClientSession() as session:
            in_time = await session.post(url, json={"text": "x", **QUIET})
            now[0] = 1801.0
            too_late = await session.post(url, json={"text": "x", **QUIET})

    assert (in_time.status, too_late.status) == (200, 404)


async def test_an_answer_by_acknowledgement_is_shown_to_the_asker(
    slack: SlackStandIn, channel: Channel
) -> None:
    user = slack.user("Sam")
    async with socket(slack) as bot:
        user.command("/digest help", channel)
        await bot.envelope(text="here is help", **QUIET)
        shown = await channel.next()

    assert (shown.text, shown.only_for) == ("here is help", user.id)


async def test_a_pressed_button_tells_where_it_stood(slack: SlackStandIn, channel: Channel) -> None:
    user = slack.user("Sam")
    await post(slack, channel, blocks=[button(value="more")])

    async with socket(slack) as bot:
        user.press(channel.posted[0], "Go", channel)
        pressed = (await bot.envelope())["payload"]

    action = pressed["actions"][0]
    assert (action["value"], action["action_id"]) == ("more", "a")
    assert action["block_id"] == pressed["message"]["blocks"][0]["block_id"]
    with pytest.raises(LookupError, match="no button 'Stop'"):
        user.press(channel.posted[0], "Stop", channel)


async def test_connections_take_turns_and_one_that_is_asked_to_go_gets_nothing_more(
    slack: SlackStandIn,
) -> None:
    user = slack.user("Sam")
    async with socket(slack) as first, socket(slack) as second:
        user.command("/digest 1")
        user.command("/digest 2")
        heard = [(await bot.envelope())["payload"]["text"] for bot in (first, second)]
        await slack.drop_sockets()
        asked = [(await bot.socket.receive_json())["type"] for bot in (first, second)]
        user.command("/digest 3")
        async with socket(slack) as third:
            later = (await third.envelope())["payload"]["text"]

    assert (sorted(heard), asked, later) == (["1", "2"], ["disconnect"] * 2, "3")


async def test_an_address_of_a_socket_opens_one_only(slack: SlackStandIn) -> None:
    opened = await call(slack, "apps.connections.open", token=slack.app_token)

    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(opened["url"]) as first:
            await first.receive_json()
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(opened["url"])


async def test_a_bot_token_opens_no_socket(slack: SlackStandIn) -> None:
    assert (await call(slack, "apps.connections.open"))["error"] == "not_allowed_token_type"


async def test_a_modal_is_opened_once_for_a_press_and_in_time() -> None:
    now = [0.0]
    async with SlackStandIn(clock=lambda: now[0]) as slack, socket(slack) as bot:
        user = slack.user("Sam")
        user.command("/digest settings")
        trigger = (await bot.envelope())["payload"]["trigger_id"]
        user.command("/digest settings")
        late = (await bot.envelope())["payload"]["trigger_id"]

        opened = await call(slack, "views.open", trigger_id=trigger, view=modal(typed()))
        again = await call(slack, "views.open", trigger_id=trigger, view=modal())
        now[0] = 3.5
        expired = await call(slack, "views.open", trigger_id=late, view=modal())

    assert opened["ok"]
    assert [view["id"] for view in user.views] == [opened["view"]["id"]]
    assert (again["error"], expired["error"]) == ("exchanged_trigger_id", "expired_trigger_id")


async def test_a_submitted_modal_shows_errors_stays_or_closes_as_the_bot_says(slack: SlackStandIn) -> None:
    user = slack.user("Sam")
    async with socket(slack) as bot:
        user.command("/digest settings")
        trigger = (await bot.envelope())["payload"]["trigger_id"]
        await call(slack, "views.open", trigger_id=trigger, view=modal(typed()))
        said = {"in": {"words": {"type": "plain_text_input", "value": "08:00"}}}

        user.submit(user.views[0], said)
        submitted = (await bot.envelope(response_action="errors", errors={"in": "no time"}))["payload"]
        await slack.until(lambda: user.errors == {"in": "no time"})
        user.submit(user.views[0], said)
        await bot.envelope(response_action="update", view=modal(section("done")))
        await slack.until(lambda: user.views[0]["blocks"][0]["type"] == "section")
        user.submit(user.views[0], {})
        await bot.envelope()
        await slack.until(lambda: not user.views)

    assert submitted["view"]["state"]["values"] == said
    assert slack.defects == []


async def test_a_home_tab_is_published_and_its_older_version_cannot_replace_it(slack: SlackStandIn) -> None:
    user = slack.user("Sam")
    home = {"type": "home", "blocks": [button(value="x")]}

    first = await call(slack, "views.publish", user_id=user.id, view=home)
    await call(slack, "views.publish", user_id=user.id, view=home, hash=first["view"]["hash"])
    late = await call(slack, "views.publish", user_id=user.id, view=home, hash=first["view"]["hash"])
    async with socket(slack) as bot:
        slack.open_home(user)
        opened = (await bot.envelope())["payload"]["event"]
        assert user.home is not None
        user.press_in(user.home, "Go")
        pressed = (await bot.envelope())["payload"]

    assert late["error"] == "hash_conflict"
    assert opened["view"]["id"] == first["view"]["id"] == pressed["view"]["id"]
    assert pressed["actions"][0]["value"] == "x"


@pytest.mark.parametrize(
    "view",
    [
        None,
        {"type": "modal"},
        modal(title={"type": "plain_text", "text": "x" * 25}),
        modal(title={"type": "mrkdwn", "text": "x"}),
        modal(private_metadata="x" * 3001),
        modal(*[section("x")] * 101),
        modal(colour="red"),
        {key: value for key, value in modal(typed()).items() if key != "submit"},
        modal(typed(element={"type": "plain_text_input", "max_length": 5000})),
        modal(
            typed(
                element={
                    "type": "static_select",
                    "options": [{"text": {"type": "plain_text", "text": "x"}, "value": "v" * 151}],
                }
            )
        ),
        {"type": "home", "blocks": [section("x")], "submit": {"type": "plain_text", "text": "x"}},
    ],
)
def test_a_view_that_cannot_be_is_refused(view: Any) -> None:
    assert view_problems(view) != []


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["rich_text", "section"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "text", "elements", "blocks", "style"]), inner, max_size=4)
    ),
    max_leaves=15,
)


@settings(deadline=None)  # machines differ
@given_any(JSON)
def test_whatever_json_comes_as_blocks_is_judged(thing: Any) -> None:
    found = problems(thing)

    assert found or isinstance(plain(thing, ""), str)
    assert view_problems(thing) or thing["type"] in ("modal", "home")


def test_each_method_that_is_played_has_its_parameters() -> None:
    assert METHODS.keys() == PARAMETERS.keys()


async def test_text_reads_as_slack_shows_it(slack: SlackStandIn, channel: Channel) -> None:
    ordered = {"type": "rich_text_list", "style": "ordered", "offset": 2, "elements": rich()["elements"] * 2}
    emoji = rich({"type": "emoji", "name": "wave"}, {"type": "text", "text": " hi"})

    await post(
        slack, channel, text="<https://a.example/?a=1&amp;b=2|here> &lt;b&gt; &copy;".replace("&c", "&amp;c")
    )
    await post(slack, channel, blocks=[emoji, {"type": "rich_text", "elements": [ordered]}])

    assert channel.posted[0].text == "here <b> &copy;"
    assert channel.posted[1].text == ":wave: hi\n3. \n4. "
    assert slack.defects == []
