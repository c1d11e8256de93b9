"""Everything that sets a room or shows it, as people type it."""

from datetime import timedelta

import pytest

from bot.model import Address
from bot.when.plan import UNREADABLE
from digests.model import FeedState
from tests.fakes import NOON, feed

EMPTY_ROOM = [
    "/schedule",
    "/timezone",
    "/settings",
    "/sources",
    "/digest",
    "/pause",
    "/resume",
    "/unsubscribe",
]


@pytest.fixture
async def reader(person):
    await person.types("/subscribe world")
    return person


@pytest.mark.parametrize("line", EMPTY_ROOM)
async def test_asking_about_a_room_that_follows_nothing_makes_none(person, line):
    said = await person.types(line)

    assert "Nothing is followed here yet. Try /subscribe world" in said.text
    assert person.subscription is None


async def test_schedule_is_changed_with_its_zone(reader):
    said = await reader.types("/schedule weekdays 07:30 Europe/Kyiv")

    assert (reader.subscription.timetable, reader.subscription.zone) == ("weekdays 07:30", "Europe/Kyiv")
    assert "Schedule: weekdays 07:30. Next digest: tomorrow at 07:30 (Europe/Kyiv)." in said.text


async def test_schedule_without_a_zone_keeps_the_rooms(reader):
    await reader.types("/timezone Kyiv")

    await reader.types("/schedule 09:00")

    assert reader.subscription.zone == "Europe/Kyiv"


def sent_today(reader, *hours):
    reader.desk.subscriptions.told_at[reader.subscription.id] = {(NOON.date(), hour) for hour in hours}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("08:00", "18:30", "Today's has been sent. Next digest: tomorrow at 18:30"),
        ("08:00", "08:00 18:30", "Next digest: today at 18:30"),
        ("08:00", "09:00 18:30", "Next digest: today at 18:30"),
        ("08:00", "13:00 18:30", "Today's has been sent. Next digest: today at 18:30"),
        ("08:00", "07:00", "*. Next digest: tomorrow at 07:00"),
        ("08:00 14:00", "14:00 20:00", "Today's has been sent. Next digest: today at 14:00"),
        ("08:00 18:00", "08:00 20:00", "*. Next digest: today at 20:00"),
    ],
)
async def test_time_changed_after_todays_digest_counts_from_tomorrow_and_one_added_today(
    reader, before, after, said
):
    await reader.types(f"/schedule {before}")
    sent_today(reader, "08:00")

    answer = await reader.types(f"/schedule {after}")

    assert said.lstrip("*") in answer.text
    assert ("Today's has been sent" in answer.text) == said.startswith("Today's")


async def test_time_that_stands_for_one_sent_today_is_not_owed_later_today_either(reader):
    await reader.types("/schedule 08:00 14:00")
    sent_today(reader, "08:00")

    await reader.types("/schedule 14:00 20:00")

    assert (NOON.date(), "20:00") in reader.desk.subscriptions.told_at[reader.subscription.id]


async def test_time_changed_twice_after_todays_digest_still_counts_from_tomorrow(reader):
    sent_today(reader, "08:00")
    await reader.types("/schedule 18:30")

    said = await reader.types("/schedule 20:00")

    assert "Today's has been sent. Next digest: tomorrow at 20:00" in said.text


async def test_zone_in_which_the_hour_of_todays_digest_comes_again_owes_none_again(reader):
    sent_today(reader, "08:00")

    said = await reader.types("/timezone New York")

    assert "Next digest: tomorrow at 08:00 (America/New_York)" in said.text


async def test_digests_that_are_spread_are_told_with_their_window(reader):
    reader.desk.subscriptions.spread = timedelta(minutes=6)

    for line in ("/schedule 08:00", "/settings", "/resume"):
        assert "tomorrow between 08:00 and 08:06 (UTC)" in (await reader.types(line)).text


@pytest.mark.parametrize(("minutes", "when"), [(4, "today at 12:04 (UTC)"), (0, "now"), (-3, "now")])
async def test_digest_that_is_owed_already_is_the_next_one_that_people_are_told_of(reader, minutes, when):
    reader.desk.subscriptions.waits[reader.subscription.id] = NOON + timedelta(minutes=minutes)

    for line in ("/settings", "/schedule", "/skip"):
        assert f"Next digest: {when}" in (await reader.types(line)).text


async def test_digest_that_waited_when_the_room_was_paused_is_not_told_of(reader):
    reader.desk.subscriptions.waits[reader.subscription.id] = NOON + timedelta(minutes=4)

    said = await reader.types("/pause 3 days")

    assert "Next digest: on Monday 30 November at 08:00 (UTC)." in said.text


async def test_room_whose_zone_is_not_known_any_more_is_told_to_name_another(reader):
    reader.set(zone="Europe/Atlantis", paused=UNREADABLE, next_due_at=None)

    for line in ("/schedule 09:00", "/pause 3 days", "/settings"):
        assert "/timezone" in (await reader.types(line)).text
    said = await reader.types("/timezone Kyiv")

    assert "Next digest: tomorrow at 08:00 (Europe/Kyiv)." in said.text


async def test_schedule_off_owes_nothing_any_more(reader):
    said = await reader.types("/schedule off")

    assert reader.subscription.next_due_at is None
    assert "none, the schedule is off" in said.text


@pytest.mark.parametrize(
    "line", ["/schedule soon", "/schedule 25:00", "/schedule 08:00 Atlantis", "/timezone Atlantis"]
)
async def test_wrong_time_or_zone_is_answered_with_an_example_and_changes_nothing(reader, line):
    before = reader.subscription

    said = await reader.types(line)

    assert "Try" in said.text or "like 08:00" in said.text
    assert reader.subscription == before


@pytest.mark.parametrize("line", ["/schedule soon", "/timezone Atlantis"])
async def test_wrong_first_word_stores_no_room(person, line):
    await person.types(line)

    assert person.subscription is None


async def test_preset_button_sets_the_schedule(reader):
    said = await reader.types("/schedule")

    await reader.presses(said, "weekends 10:00")

    assert reader.subscription.timetable == "weekends 10:00"


async def test_timezone_is_set_by_city_and_its_hour_said(reader):
    said = await reader.types("/timezone new york")

    assert reader.subscription.zone == "America/New_York"
    assert "Your zone is America/New_York, where it is 07:00 now." in said.text
    assert reader.subscription.next_due_at == NOON + timedelta(hours=1)


async def test_zone_just_set_is_no_example_of_a_change(reader):
    said = await reader.types("/timezone Kyiv")

    assert "Your zone is Europe/Kyiv" in said.text
    assert "Change it by zone or city: /timezone New York" in said.text


async def test_zone_by_number_is_shown_as_typed_and_its_lack_of_summer_time_said(reader):
    said = await reader.types("/timezone UTC+3")

    assert "Your zone is UTC+3, where it is 15:00 now. Next digest: tomorrow at 08:00 (UTC+3)." in said.text
    assert "no summer time" in said.text
    assert "Zone: UTC+3" in (await reader.types("/settings")).text


async def test_zone_may_be_set_before_anything_is_followed(person):
    await person.types("/timezone Kyiv")

    assert person.subscription.zone == "Europe/Kyiv"
    assert person.subscription.next_due_at is not None


async def test_digest_that_is_owed_is_not_lost_by_a_change_made_just_then(reader):
    owed = NOON - timedelta(seconds=2)
    reader.set(next_due_at=owed)

    await reader.types("/timezone Europe/London")

    assert reader.subscription.next_due_at == owed


async def test_pause_and_resume(reader):
    said = await reader.types("/pause")
    assert reader.subscription.next_due_at is None
    assert reader.subscription.paused

    said = await reader.presses(said, "Resume")

    assert reader.subscription.paused is None
    assert "Next digest: tomorrow at 08:00 (UTC)." in said.text


async def test_start_wakes_a_paused_room(reader):
    await reader.types("/pause")

    said = await reader.types("/start")

    assert reader.subscription.paused is None
    assert "Welcome back" in said.text


async def test_start_of_somebody_who_may_not_change_the_room_wakes_nothing(reader):
    await reader.types("/pause")
    reader.may_change = False

    said = await reader.types("/start")

    assert reader.subscription.paused
    assert "none while paused" in said.text


async def test_start_offers_topics_and_stores_nothing(person):
    said = await person.types("/start")
    assert person.subscription is None

    await person.presses(said, "Technology")

    assert person.follows == ["Circuit"]


@pytest.mark.parametrize("line", ["/start", "/subscribe"])
async def test_one_topic_chosen_leaves_the_others_to_choose(person, line):
    said = await person.types(line)

    assert said.offer
    assert not (await person.presses(said, "Technology")).offer


@pytest.mark.parametrize("line", ["/start", "/subscribe"])
async def test_topic_with_too_long_a_name_is_no_button(person, line):
    person.desk.catalogue["Ö" * 40] = [feed(9, "Long")]

    said = await person.types(line)

    assert [button.label for row in said.buttons for button in row] == [
        "World",
        "Latin America",
        "Technology",
    ]


async def test_settings_show_all_at_a_glance(reader):
    said = await reader.types("/settings")

    for line in ("Schedule: 08:00", "Zone: UTC", "Sources: 2", "Next digest: tomorrow at 08:00 (UTC)"):
        assert line in said.text


async def test_sources_say_what_troubles_a_feed(person):
    person.desk.places["https://gone.example/"] = feed(9, "Old Gazette", state=FeedState.GONE)
    await person.types("/subscribe https://gone.example/")

    said = await person.types("/sources")

    assert "You follow one source" in said.text
    assert "1. Old Gazette (is gone for good)" in said.text


async def test_long_list_says_how_many_more_there_are(person):
    for number in range(35):
        url = f"https://feeds.example/{number}"
        person.desk.places[url] = feed(100 + number, f"Outlet {number}", url=url)
        await person.types(f"/subscribe {url}")

    said = await person.types("/sources")

    assert "You follow 35 sources" in said.text
    assert "And 5 more." in said.text


async def test_digest_is_shown_now_and_leaves_the_next_one_as_it_is(reader):
    before = reader.subscription

    said = await reader.types("/digest")

    assert said.digest
    assert reader.subscription == before


async def test_digest_of_a_room_whose_last_source_was_dropped_says_so(person):
    await person.types("/subscribe technology")
    await person.types("/unsubscribe 1")

    said = await person.types("/digest")

    assert "Nothing is followed here yet" in said.text


@pytest.fixture
def member(reader):
    """Give somebody who asks, in the channel, for a digest of their own."""
    reader.address, reader.origin = Address(chat="telegram", room="me"), reader.address
    return reader


async def test_personal_digest_asked_for_in_a_channel_begins_with_its_sources_and_says_so(member):
    said = await member.types("/schedule 07:00")

    assert member.follows == ["Harbour Post", "Valley Times"]
    assert "It begins with what is followed here: Harbour Post, Valley Times." in said.text
    assert member.desk.subscriptions.by_address[member.origin].timetable == "08:00"


async def test_personal_digest_that_has_its_own_sources_keeps_them_and_names_them(member):
    await member.types("/schedule 07:00")
    await member.types("/unsubscribe 1")

    said = await member.types("/schedule 09:00")

    assert member.follows == ["Valley Times"]
    assert "It tells of what you follow: Valley Times." in said.text


async def test_personal_digest_of_a_channel_without_sources_says_how_to_follow_some(person):
    person.address, person.origin = Address(chat="telegram", room="me"), person.address

    said = await person.types("/schedule 07:00")

    assert "Nothing is followed in it yet. Write to me in the direct message: /subscribe world" in said.text


async def test_personal_digest_shown_before_there_is_one_is_an_offer(member):
    said = await member.types("/schedule")
    assert "You have no digest of your own yet" in said.text
    assert "/me 08:00.\nIt begins with what is followed here: Harbour Post, Valley Times." in said.text
    assert member.subscription is None

    await member.presses(said, "07:00")

    assert member.subscription.timetable == "07:00"
    assert member.follows == ["Harbour Post", "Valley Times"]


async def test_offer_of_a_personal_digest_names_some_of_many_sources(member):
    channel = member.desk.subscriptions.by_address[member.origin]
    many = [feed(100 + number, f"Outlet {number}") for number in range(30)]
    await member.desk.subscriptions.follow(channel, many, now=NOON)

    said = await member.types("/schedule 07:00")

    assert len(member.follows) == 32
    assert said.text.endswith("Outlet 7 and 22 more.")


@pytest.mark.parametrize("line", ["/schedule 07:00", "/timezone Kyiv", "/pause", "/resume", "/unsubscribe 1"])
async def test_who_may_not_change_the_room_changes_nothing(reader, line):
    before, followed = reader.subscription, reader.follows
    reader.may_change = False

    said = await reader.types(line)

    assert "Only this room's admins" in said.text
    assert (reader.subscription, reader.follows) == (before, followed)


async def test_help_names_every_command_but_start(person):
    said = await person.types("/help")

    for command in person.desk.commands():
        is_told = command.name != "start" and not command.for_operators
        assert (f"/{command.name}" in said.text) == is_told


async def test_help_in_slack_names_also_the_start_and_ones_own_digest(person):
    person.address = Address("slack", "C1", tenant="T1")

    said = await person.types("/help")

    assert "/me 08:00 18:30 have a digest of your own, in a direct message" in said.text
    known = [command for command in person.desk.commands() if not command.for_operators]
    assert all(f"/{command.name}" in said.text for command in known)
