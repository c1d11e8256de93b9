"""Operators ask how the bot is doing; others are not told that one can."""

from dataclasses import replace

import pytest

from bot.answer import Answers
from bot.message import Asker, Request
from bot.model import Backlog, Report
from tests.fakes import ROOM, FakeDesk

TROUBLE = Report(
    Backlog(due=9, overdue=3, oldest_overdue=2700), sent_today=40, in_doubt=2, paused=1, failing=5
)


async def asked(command, *, user="1", health=None):
    desk = FakeDesk()
    desk.health = health or desk.health
    answers = Answers(desk, {}, allowed=frozenset({"telegram:99"}), admins=frozenset({"telegram:1"}))
    return await answers(Request(ROOM, Asker(user), command))


async def test_operator_is_told_that_all_is_well_in_a_room_that_is_not_served():
    said = await asked("status")

    assert "Owed now: 0. Sent today (UTC): 0." in said.text
    assert "Nothing needs you." in said.text


async def test_operator_is_told_what_is_wrong_in_numbers():
    said = await asked("status", health=TROUBLE)

    for line in (
        "Owed now: 9.",
        "Overdue: 3, the oldest by 45 min.",
        "may have arrived: 2",
        "rest: 1",
        "vain: 5",
    ):
        assert line in said.text
    assert "Nothing needs you" not in said.text


@pytest.mark.parametrize(("seconds", "length"), [(960, "16 min"), (7200, "2 h"), (90_000, "25 h")])
async def test_age_of_the_oldest_is_said_in_minutes_or_hours(seconds, length):
    late = Report(Backlog(due=1, overdue=1, oldest_overdue=seconds))

    assert f"the oldest by {length}." in (await asked("status", health=late)).text


async def test_help_names_it_to_operators_alone(person):
    assert "/status" in (await asked("help")).text
    assert "/status" not in (await person.types("/help")).text


async def test_nobody_else_is_told_that_there_is_such_a_thing(person):
    person.desk.health = replace(TROUBLE)

    said = await person.types("/status")

    assert said.text == "I don't know “status”. Type /help to see what you can ask."
