"""A request is answered whatever it is, and whatever happens."""

import pytest

from bot.answer import Answers, slack_spelling
from bot.message import Asker, Request
from bot.model import Address
from tests.fakes import ROOM, FakeDesk


def asking(command: str, *arguments: str, address: Address = ROOM) -> Request:
    return Request(address, Asker("1"), command, arguments)


async def test_unknown_command_is_answered_with_where_help_is():
    said = await Answers(FakeDesk(), {}, allowed=frozenset())(asking("dance"))

    assert said.text == "I don't know “dance”. Type /help to see what you can ask."


async def test_foreign_command_is_never_markup():
    said = await Answers(FakeDesk(), {}, allowed=frozenset())(asking("`/pause`*x*{word}"))

    assert "`/pause`*x*{word}" in said.text


async def test_what_to_type_is_told_as_the_chat_wants_it_typed():
    answers = Answers(FakeDesk(), {"slack": slack_spelling("/news")}, allowed=frozenset())

    said = await answers(asking("sources", address=Address("slack", "C1", tenant="T1")))

    assert "Try /news add world or /news add https://…" in said.text


async def test_trouble_of_ours_is_told_in_words_and_not_raised():
    desk = FakeDesk()
    desk.places["https://a.example/"] = RuntimeError("secret")

    said = await Answers(desk, {}, allowed=frozenset())(asking("subscribe", "https://a.example/"))

    assert "That went wrong on our side." in said.text
    assert "secret" not in said.text


@pytest.mark.parametrize("command", ["pause", "forget"])
async def test_room_that_is_served_no_more_can_still_stop_its_digests(command):
    desk = FakeDesk()
    await Answers(desk, {}, allowed=frozenset())(asking("subscribe", "world"))
    strict = Answers(desk, {}, allowed=frozenset({"telegram:99"}))

    assert "invited chats only" not in (await strict(asking(command))).text
    assert "invited chats only" in (await strict(asking("digest"))).text
    stranger = Address("telegram", "8")
    assert "invited chats only" in (await strict(asking(command, address=stranger))).text


@pytest.mark.parametrize(
    ("address", "is_served"),
    [
        (Address("telegram", "7"), True),
        (Address("telegram", "7", thread="3"), True),  # a topic of that forum
        (Address("telegram", "77"), False),
        (Address("slack", "7"), False),
        (Address("slack", "C1", tenant="T1"), True),
        (Address("slack", "C1", tenant="T2"), False),
    ],
)
async def test_only_allowed_rooms_are_served(address, is_served):
    answers = Answers(FakeDesk(), {}, allowed=frozenset({"telegram:7", "slack:T1:C1"}))

    said = await answers(asking("help", address=address))

    assert ("invited chats only" in said.text) != is_served


async def test_room_that_is_allowed_stays_so_when_it_gets_a_new_id():
    desk, moved = FakeDesk(), Address("telegram", "-1009")
    desk.subscriptions.moved[moved] = ["-8", "-7"]
    answers = Answers(desk, {}, allowed=frozenset({"telegram:-7"}))

    allowed = await answers(Request(moved, Asker("1"), "help"))
    other = await answers(Request(Address("telegram", "-1010"), Asker("1"), "help"))

    assert "invited chats only" not in allowed.text
    assert "invited chats only" in other.text
