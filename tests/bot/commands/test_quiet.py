"""Hours of rest, as people type them."""

from datetime import timedelta

import pytest

from tests.fakes import NOON

TONIGHT = NOON + timedelta(hours=11)  # 23:00


@pytest.fixture
async def reader(person):
    await person.types("/subscribe world")
    return person


async def test_digest_due_in_quiet_hours_is_told_to_come_when_they_end(reader):
    await reader.types("/schedule 23:00")

    said = await reader.types("/quiet 22:00-07:00")

    assert reader.subscription.quiet == "22:00-07:00"
    assert "Quiet hours: 22:00-07:00." in said.text
    assert "Next digest: tomorrow at 07:00 (UTC), when the quiet hours end." in said.text
    assert reader.subscription.next_due_at == NOON + timedelta(hours=19)


async def test_quiet_hours_are_shown_with_what_to_type(reader):
    assert "Quiet hours: none." in (await reader.types("/quiet")).text

    await reader.presses(await reader.types("/quiet"), "23:00-08:00")

    assert "Quiet hours: 23:00-08:00" in (await reader.types("/quiet")).text
    assert "Quiet hours: 23:00-08:00" in (await reader.types("/settings")).text


async def test_digest_held_tonight_is_due_at_once_when_the_quiet_hours_are_dropped(reader):
    await reader.types("/schedule 23:00")
    await reader.types("/quiet 22:00-07:00")
    reader.desk.clock.now = TONIGHT + timedelta(minutes=30)

    said = await reader.types("/quiet off")

    assert reader.subscription.quiet == ""
    assert reader.subscription.next_due_at == TONIGHT
    assert "No quiet hours. Next digest: now." in said.text


async def test_digest_held_tonight_stays_held_by_hours_that_still_hold_it(reader):
    await reader.types("/schedule 23:00")
    await reader.types("/quiet 22:00-07:00")
    reader.desk.clock.now = TONIGHT + timedelta(minutes=30)

    said = await reader.types("/quiet 22:00-06:00")

    assert "Next digest: tomorrow at 06:00 (UTC), when the quiet hours end." in said.text


async def test_digest_sent_today_is_not_due_again_when_the_quiet_hours_are_changed(reader):
    await reader.types("/schedule 11:00")
    reader.desk.subscriptions.told_at[reader.subscription.id] = {(NOON.date(), "11:00")}

    said = await reader.types("/quiet 10:00-12:30")

    assert "Next digest: tomorrow at 12:30 (UTC), when the quiet hours end." in said.text


@pytest.mark.parametrize("line", ["/quiet soon", "/quiet 22:00", "/quiet 9-9", "/quiet 25:00-26:00"])
async def test_what_is_no_hours_changes_nothing(reader, line):
    before = reader.subscription

    said = await reader.types(line)

    assert "/quiet" in said.text or "/pause" in said.text or "like 08:00" in said.text
    assert reader.subscription == before
