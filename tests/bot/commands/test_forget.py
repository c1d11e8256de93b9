"""What is kept about a chat is erased when its people say so twice."""

import pytest


@pytest.fixture
async def reader(person):
    await person.types("/subscribe world")
    return person


async def test_forgetting_asks_first_and_changes_nothing(reader):
    before = reader.subscription

    said = await reader.types("/forget")

    assert "cannot be undone" in said.text
    assert reader.subscription == before


async def test_everything_is_erased_once_it_is_confirmed(reader):
    said = await reader.presses(await reader.types("/forget"), "Erase everything")

    assert "I keep nothing" in said.text
    assert said.for_all
    assert reader.subscription is None


async def test_only_who_may_change_the_room_erases_it(reader):
    reader.may_change = False

    said = await reader.types("/forget everything")

    assert "admins" in said.text
    assert reader.subscription is not None


async def test_room_of_which_nothing_is_kept_is_told_so(person):
    said = await person.types("/forget everything")

    assert "I keep nothing about this chat" in said.text
