"""/subscribe, typed as people do."""

from datetime import timedelta

import pytest

from bot.message import Asker
from digests.errors import (
    Busy,
    DigestsError,
    EmptyFeed,
    Gone,
    NotAFeed,
    NotAllowed,
    Refused,
    TooHard,
    Unreadable,
)
from tests.fakes import NOON, feed

URL = "https://harbour.example/rss"
PAGE = "https://harbour.example/"


async def test_topic_is_followed_and_the_next_digest_named(person):
    said = await person.types("/subscribe world")

    assert person.follows == ["Harbour Post", "Valley Times"]
    assert "Following Harbour Post, Valley Times." in said.text
    assert "tomorrow at 08:00 (UTC)" in said.text


async def test_topic_of_two_words_is_one_topic(person):
    await person.types("/subscribe latin america")

    assert person.follows == ["Diario Sur"]


async def test_several_topics_are_followed_at_once(person):
    await person.types("/subscribe world technology")

    assert person.follows == ["Harbour Post", "Valley Times", "Circuit"]


async def test_feed_is_followed_by_its_address(person):
    person.desk.places[URL] = feed(9, "Harbour Daily")

    await person.types(f"/subscribe {URL}")

    assert person.follows == ["Harbour Daily"]


async def test_address_without_a_scheme_is_taken_for_https(person):
    person.desk.places[URL] = feed(9, "Harbour Daily")

    await person.types("/subscribe harbour.example/rss")

    assert person.follows == ["Harbour Daily"]


async def test_first_digest_tells_of_the_day_before_at_the_zone_the_chat_told(person):
    person.asker = Asker(id="1", zone="Europe/Kyiv")

    await person.types("/subscribe world")

    assert person.subscription.zone == "Europe/Kyiv"
    assert person.subscription.shown_until == NOON - timedelta(days=1)
    assert person.subscription.next_due_at == NOON + timedelta(hours=18)  # 08:00 in Kyiv


async def test_what_is_followed_already_is_said_so(person):
    await person.types("/subscribe world")

    said = await person.types("/subscribe world")

    assert "already" in said.text
    assert len(person.follows) == 2


async def test_without_a_word_topics_are_offered_and_nothing_is_stored(person):
    said = await person.types("/subscribe")
    assert person.subscription is None

    await person.presses(said, "Technology")

    assert person.follows == ["Circuit"]


WRONG = [
    (NotAllowed("private"), "public"),
    (EmptyFeed("none"), "no entries"),
    (Gone("410"), "any more"),
    (Refused("403"), "refuses"),
    (TooHard("slow"), "too broken"),
    (Unreadable("broken"), "too broken"),
    (Busy("429", retry_after=9), "can't reach"),
    (DigestsError("odd"), "can't reach"),
]


@pytest.mark.parametrize(("error", "hint"), WRONG)
async def test_address_that_gives_no_feed_is_answered_with_a_hint_and_nothing_is_stored(person, error, hint):
    person.desk.places[URL] = error

    said = await person.types(f"/subscribe {URL}")

    assert hint in said.text
    assert person.subscription is None


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/rss", "localhost:8080", "http://10.0.0.1/", "ftp://a.example/x"]
)
async def test_private_address_is_refused_by_its_own_name(person, url):
    address = url if "://" in url else f"https://{url}"
    person.desk.places[address] = NotAllowed("private")

    said = await person.types(f"/subscribe {url}")

    assert f"I may not read {address}" in said.text
    assert person.subscription is None


async def test_page_is_answered_with_the_feeds_it_names_as_buttons(person):
    person.desk.places[PAGE] = NotAFeed("a page", feeds=[URL])
    person.desk.places[URL] = feed(9, "Harbour Daily")

    said = await person.types(f"/subscribe {PAGE}")
    assert "a page, not a feed" in said.text
    assert said.offer
    assert person.subscription is None
    await person.presses(said, URL)

    assert person.follows == ["Harbour Daily"]


async def test_page_that_names_no_feed_is_answered_with_what_to_type_instead(person):
    person.desk.places[PAGE] = NotAFeed("a page")

    said = await person.types(f"/subscribe {PAGE}")

    assert "is a page, not a feed, and names none" in said.text
    assert [run.text for p in said.paragraphs for run in p.runs if run.code] == [
        "/subscribe https://…/rss",
        "/subscribe world",
    ]
    assert person.subscription is None


async def test_feed_too_long_for_a_button_can_still_be_typed(person):
    long = f"https://harbour.example/{'x' * 80}"
    person.desk.places[PAGE] = NotAFeed("a page", feeds=[long])

    said = await person.types(f"/subscribe {PAGE}")

    assert f"/subscribe {long}" in said.text
    assert said.buttons == ()


async def test_unknown_topic_is_answered_with_the_nearest(person):
    said = await person.types("/subscribe technolgy")

    assert "I know no topic “technolgy”. Try Technology" in said.text
    assert person.subscription is None


async def test_all_that_led_nowhere_is_named(person):
    said = await person.types("/subscribe technolgy wrold https://nobody.example/rss")

    assert "technolgy" in said.text
    assert "wrold" in said.text
    assert "https://nobody.example/rss" in said.text


async def test_one_that_leads_nowhere_does_not_stop_the_rest(person):
    said = await person.types("/subscribe technology https://nobody.example/rss")

    assert person.follows == ["Circuit"]
    assert "can't reach https://nobody.example/rss" in said.text


async def test_foreign_name_is_never_markup(person):
    person.desk.places[URL] = feed(9, "`/pause` *now* {names}")

    said = await person.types(f"/subscribe {URL}")

    assert "`/pause` *now* {names}" in said.text
    assert not any(run.code and "/pause" in run.text for p in said.paragraphs for run in p.runs)


async def test_who_may_not_change_the_room_adds_nothing(person):
    person.may_change = False

    said = await person.types("/subscribe world")

    assert "admins" in said.text
    assert person.subscription is None


async def test_room_that_may_add_no_more_is_told_before_anything_is_fetched(person):
    await person.types("/subscribe world")
    person.desk.subscriptions.most = 2

    async def fetched(url):
        raise AssertionError(url)

    person.desk.find_feed = fetched
    said = await person.types(f"/subscribe {URL}")

    assert "No more than 2." in said.text
    assert len(person.follows) == 2
