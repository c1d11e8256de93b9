"""What may not have arrived, as people are asked about it and answer."""

from datetime import date

import pytest

from bot.model import Address, Doubt
from tests.fakes import ROOM

THURSDAY = date(2026, 11, 26)


def doubt(delivery, *, number=1, of=1, at="08:00"):
    return Doubt(delivery, day=THURSDAY, at=at, number=number, of=of)


@pytest.fixture
async def reader(person):
    await person.types("/subscribe world")
    return person


async def test_nothing_is_asked_where_all_is_well(reader):
    said = await reader.types("/missing")

    assert said.text == "No message of mine is in doubt here."
    assert said.buttons == ()


async def test_question_names_the_messages_and_says_none_of_their_words(reader):
    reader.desk.doubts.by_address[ROOM] = [
        doubt(3, number=2, of=3),
        doubt(5),
        doubt(6, at=None),
    ]

    said = await reader.types("/missing")

    assert "message 2 of 3 of the digest of Thursday 26 November, 08:00" in said.text
    assert "the digest of Thursday 26 November, 08:00" in said.text
    assert "a notice of Thursday 26 November" in said.text


async def test_many_messages_are_counted(reader):
    reader.desk.doubts.by_address[ROOM] = [doubt(number) for number in range(1, 9)]

    said = await reader.types("/missing")

    assert "and 3 more" in said.text


@pytest.mark.parametrize(("label", "resend"), [("Send it again", True), ("Leave it", False)])
async def test_button_settles_what_it_was_asked_about_and_nothing_later(reader, label, resend):
    held = reader.desk.doubts.by_address[ROOM] = [doubt(3), doubt(5)]
    question = await reader.types("/missing")
    held.append(doubt(7))

    said = await reader.presses(question, label)

    assert said.for_all
    assert reader.desk.doubts.settled == [(3, resend), (5, resend)]
    assert (await reader.presses(question, label)).text == "No message of mine is in doubt here."


@pytest.mark.parametrize("line", ["/missing perhaps", "/missing again x", "/missing leave 1 2"])
async def test_what_is_no_answer_settles_nothing(reader, line):
    reader.desk.doubts.by_address[ROOM] = [doubt(3)]

    said = await reader.types(line)

    assert "/missing again" in said.text
    assert reader.desk.doubts.settled == []


async def test_number_beyond_all_numbers_is_met_calmly(reader):
    reader.desk.doubts.by_address[ROOM] = [doubt(3)]

    await reader.types(f"/missing again {'9' * 400}")

    assert reader.desk.doubts.settled == [(3, True)]


async def test_only_admins_of_a_group_answer_for_it(reader):
    reader.desk.doubts.by_address[ROOM] = [doubt(3)]
    reader.may_change = False

    assert "Only this room's admins" in (await reader.types("/missing again")).text
    assert "Did this reach you?" in (await reader.types("/missing")).text
    assert reader.desk.doubts.settled == []


async def test_another_rooms_messages_are_nobodys_here(reader):
    reader.desk.doubts.by_address[Address("telegram", "8")] = [doubt(3)]

    await reader.types("/missing again 3")

    assert reader.desk.doubts.settled == []
