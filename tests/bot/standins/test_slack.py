"""The stand-in of Slack is as strict as the platform: each test is one thing that it must not let through."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.standins.faults import Fault, Wrong
from bot.standins.slack import SlackStandIn, server
from bot.standins.slack.rooms import Channel

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
    user.command("/digest", channel)
    envelope = slack._waiting or [None]
    await asyncio.sleep(0)
    url = (slack._waiting or envelope)[0]["payload"]["response_url"]

    async with aiohttp.ClientSession() as session:
        answers = [(await session.post(url, json={"text": "x", **QUIET})).status for _ in range(6)]

    assert answers == [200] * 5 + [404]
    assert channel.posted[0].only_for == user.id


async def test_an_envelope_that_is_not_acknowledged_in_time_is_a_defect(
    slack: SlackStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "ACK", 0.05)
    user = slack.user("Sam")
    async with aiohttp.ClientSession() as session, session.ws_connect(slack.socket_url) as socket:
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

    async with aiohttp.ClientSession() as session, session.ws_connect(slack.socket_url) as socket:
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
