"""A rest for good, for a while, or of one digest, as people type it."""

from datetime import timedelta

import pytest

from tests.fakes import NOON

DAY = timedelta(days=1)
EIGHT = NOON + timedelta(hours=20)  # tomorrow at 08:00


@pytest.fixture
async def reader(person):
    await person.types("/subscribe world")
    return person


async def test_pause_until_a_day_says_when_it_ends_and_what_comes_then(reader):
    said = await reader.types("/pause until Monday")

    assert "Paused until Monday 30 November. Next digest: on Monday 30 November at 08:00 (UTC)." in said.text
    assert reader.subscription.rests(NOON + 3 * DAY)
    assert not reader.subscription.rests(NOON + 4 * DAY)
    assert reader.subscription.next_due_at == EIGHT + 3 * DAY


async def test_pause_of_some_days_counts_from_now(reader):
    said = await reader.types("/pause 3 days")

    assert "Paused until Sunday 29 November, 12:00. Next digest: on Monday 30 November" in said.text


async def test_pause_without_an_end_offers_some(reader):
    said = await reader.types("/pause")
    assert (reader.subscription.paused_until, reader.subscription.next_due_at) == (None, None)

    await reader.presses(said, "For a week")

    assert reader.subscription.paused_until == NOON + 7 * DAY


async def test_pause_whose_end_cannot_be_read_changes_nothing(reader):
    before = reader.subscription

    said = await reader.types("/pause until the cows come home")

    assert "/pause until Monday" in said.text
    assert reader.subscription == before


@pytest.mark.parametrize("line", ["/resume", "/start", "/schedule 08:00"])
async def test_pause_with_an_end_can_be_ended_before(reader, line):
    await reader.types("/pause 3 days")

    said = await reader.types(line)

    assert "Next digest: tomorrow at 08:00 (UTC)" in said.text
    assert (reader.subscription.paused, reader.subscription.paused_until) == (None, None)


async def test_settings_say_that_a_pause_ends_and_let_it_end_now(reader):
    await reader.types("/pause until Monday")

    said = await reader.types("/settings")

    assert "Paused until Monday 30 November — /resume" in said.text
    assert "Next digest: on Monday 30 November at 08:00 (UTC)" in said.text
    assert "Digests are on" in (await reader.presses(said, "Resume")).text


async def test_zone_changed_during_a_pause_keeps_the_pause(reader):
    await reader.types("/pause until Monday")

    said = await reader.types("/timezone Kyiv")

    assert "Next digest: on Monday 30 November at 08:00 (Europe/Kyiv)." in said.text
    assert reader.subscription.rests(NOON)


async def test_room_that_was_closed_says_why_nothing_comes(reader):
    reader.set(paused="the bot was removed from the channel", next_due_at=None)

    said = await reader.types("/settings")

    assert "Next digest: none, for the bot was removed from the channel" in said.text


# Skipping ----------------------------------------------------------------------------------------


async def test_skipped_digest_is_named_and_the_one_after_it_comes(reader):
    said = await reader.types("/skip")

    assert "Skipped: the digest tomorrow at 08:00 (UTC)." in said.text
    assert "Next digest: on Saturday 28 November at 08:00 (UTC)." in said.text
    assert reader.subscription.next_due_at == EIGHT + DAY


@pytest.mark.parametrize("undone", ["/skip undo", "/resume"])
async def test_skip_is_undone(reader, undone):
    await reader.types("/skip")

    said = await reader.types(undone)

    assert "Next digest: tomorrow at 08:00 (UTC)." in said.text
    assert reader.subscription.next_due_at == EIGHT
    assert reader.subscription.skipped_until is None


async def test_settings_offer_to_skip_and_to_undo_it(reader):
    said = await reader.presses(await reader.types("/settings"), "Skip next")
    assert "Skipped" in said.text

    said = await reader.presses(await reader.types("/settings"), "Undo skip")

    assert "Nothing is skipped" in said.text


async def test_skipping_twice_skips_one_digest(reader):
    await reader.types("/skip")

    said = await reader.types("/skip")

    assert "skipped already" in said.text
    assert reader.subscription.next_due_at == EIGHT + DAY


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("/schedule 18:30", "tomorrow at 18:30 (UTC)"),
        ("/timezone Kyiv", "on Saturday 28 November at 08:00 (Europe/Kyiv)"),
        ("/timezone Los Angeles", "tomorrow at 08:00 (America/Los_Angeles)"),
        ("/quiet 06:00-09:00", "on Saturday 28 November at 09:00 (UTC), when the quiet hours end"),
    ],
)
async def test_what_is_skipped_stays_the_next_digest_whatever_is_changed(reader, line, when):
    await reader.types("/skip")

    said = await reader.types(line)

    assert f"Next digest: {when}." in said.text


async def test_digest_after_the_skipped_one_can_be_skipped_in_its_turn(reader):
    await reader.types("/skip")
    reader.desk.clock.now = EIGHT + timedelta(minutes=1)

    said = await reader.types("/skip")

    assert "Skipped: the digest tomorrow at 08:00 (UTC)." in said.text


@pytest.mark.parametrize("before", ["/pause", "/pause 3 days", "/schedule off"])
async def test_where_none_is_due_there_is_nothing_to_skip(reader, before):
    await reader.types(before)
    kept = reader.subscription

    said = await reader.types("/skip")

    assert "Nothing to skip. Next digest: " in said.text
    assert reader.subscription == kept


async def test_undoing_nothing_says_so(reader):
    assert "No digest is skipped. Next digest: tomorrow" in (await reader.types("/skip undo")).text


async def test_skipping_something_else_says_what_can_be_skipped(reader):
    assert "For longer: /pause 3 days" in (await reader.types("/skip a week")).text
