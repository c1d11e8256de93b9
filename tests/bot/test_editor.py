"""Slots that are due become frozen parts; one that fails stops nobody else's."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.editor import Editor
from bot.model import Address, Slot, Unread
from digests.build import Newsroom
from digests.model import Article, Entry, FeedState, Story
from digests.ports import PageDue
from tests.fakes import (
    NOON,
    ROOM,
    FakeChat,
    FakeClock,
    FakeCollectStore,
    FakeEditions,
    FakeLedger,
    FakeReaders,
    FakeSubscriptions,
    feed,
)

TEXT = "The harbour of Lowmouth reopened on Thursday after nine weeks of repairs, the port said."
FEED = feed(1, "Harbour Post")


class Desk:
    def __init__(self) -> None:
        self.subscriptions, self.ledger = FakeSubscriptions(), FakeLedger()
        self.stories, self.chat, self.clock = FakeCollectStore(), FakeChat(), FakeClock()
        self.editions = FakeEditions()
        self.editor = Editor(
            subscriptions=self.subscriptions,
            readers=FakeReaders(self.subscriptions),
            editions=self.editions,
            ledger=self.ledger,
            newsroom=Newsroom(self.stories),
            chats={"telegram": self.chat},
            clock=self.clock,
        )

    async def reader(self, address: Address = ROOM) -> Slot:
        """Make a reader of the feed, who is owed a digest."""
        made = await self.subscriptions.add(
            address,
            zone="UTC",
            timetable="08:00",
            shown_until=NOON - timedelta(days=1),
            next_due_at=None,
            now=NOON,
        )
        await self.subscriptions.follow(made, [FEED], now=NOON)
        slot = Slot(made.id, made.id, "12:00", NOON.date(), NOON)
        self.ledger.slots[slot.id] = slot
        return slot

    async def tells(self, title: str) -> None:
        page = PageDue(
            id=len(self.stories.pages) + 1, feed=FEED, entry=Entry(None, f"https://h.example/{title}", title)
        )
        article = Article(url=page.entry.url, title=title, text=TEXT, outlet="Harbour Post", published=NOON)
        await self.stories.page_read(page, article, now=NOON - timedelta(hours=1))
        stored = self.stories.articles[article.url]
        await self.stories.save_stories([Story((stored,))], now=NOON)


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_slot_becomes_the_parts_of_its_digest_and_its_stories_are_shown(desk):
    slot = await desk.reader()
    await desk.tells("Harbour of Lowmouth reopens after repairs")

    await desk.editor.compose_due("telegram")

    assert desk.ledger.frozen == {slot.id: (1,)}
    assert "Harbour of Lowmouth reopens" in desk.ledger.parts[1].part.text
    assert "late" not in desk.ledger.parts[1].part.text


async def test_story_shown_in_the_last_week_is_not_told_again(desk):
    slot = await desk.reader()
    await desk.tells("Harbour of Lowmouth reopens after repairs")
    desk.subscriptions.shown_at[1] = {1: NOON - timedelta(days=3)}

    await desk.editor.compose_due("telegram")

    assert desk.ledger.frozen == {slot.id: ()}


async def test_digest_sent_long_after_its_hour_says_so(desk):
    await desk.reader()
    await desk.tells("Harbour of Lowmouth reopens after repairs")
    desk.clock.advance(minutes=16)

    await desk.editor.compose_due("telegram")

    assert "late" in desk.ledger.parts[1].part.text


async def test_digest_that_cannot_be_composed_stops_nobody_elses(desk):
    broken = await desk.reader()
    other = await desk.reader(Address("telegram", "8"))
    desk.subscriptions.by_address[ROOM] = desk.subscriptions.by_address[ROOM].__class__(
        id=broken.subscription_id, address=ROOM, zone="Nowhere/Atlantis", timetable="08:00", shown_until=NOON
    )

    composed = await desk.editor.compose_due("telegram")

    assert list(desk.ledger.frozen) == [other.id]
    assert composed == 1  # the broken one waits


async def test_digest_asked_for_now_writes_nothing_down(desk):
    await desk.reader()
    await desk.tells("Harbour of Lowmouth reopens after repairs")
    subscription = await desk.subscriptions.at(ROOM)

    said = await desk.editor.digest_now(subscription, back=timedelta(days=1))

    assert "Harbour of Lowmouth reopens" in said.text
    assert desk.ledger.frozen == {}
    assert desk.ledger.parts == {}


async def test_empty_digest_speaks_of_no_digest_before_it(desk):
    await desk.reader()

    await desk.editor.compose_due("telegram")

    assert desk.ledger.parts[1].part.text == "Nothing new from your sources this time. Enjoy the quiet."


async def test_empty_digest_names_the_sources_that_may_be_why(desk):
    await desk.reader()
    subscription = await desk.subscriptions.at(ROOM)
    for number in range(2, 9):
        silent = feed(number, f"Silent {number}", state=FeedState.FAILING)
        await desk.subscriptions.follow(subscription, [silent], now=NOON)

    await desk.editor.compose_due("telegram")

    told = desk.ledger.parts[1].part.text.splitlines()[1:]
    assert told == [*(f"Silent {n} does not answer." for n in range(2, 7)), "2 more sources cannot be read."]


async def test_digest_with_news_does_not_talk_of_its_sources(desk):
    await desk.reader()
    await desk.tells("Harbour of Lowmouth reopens after repairs")
    subscription = await desk.subscriptions.at(ROOM)
    await desk.subscriptions.follow(subscription, [feed(2, "Silent", state=FeedState.FAILING)], now=NOON)

    await desk.editor.compose_due("telegram")

    assert "Silent" not in desk.ledger.parts[1].part.text


@pytest.mark.parametrize(
    ("unread", "said"),
    [
        (Unread(), "Nothing in the last day from your sources."),
        (Unread(feeds=2), "Still reading your sources. Ask again in a minute."),
        (Unread(pages=1), "Still reading your sources: 1 page to go. Ask again in a minute."),
        (Unread(pages=40), "Still reading your sources: 40 pages to go. Ask again in a minute."),
    ],
)
async def test_empty_digest_asked_for_now_says_whether_more_may_come(desk, unread, said):
    await desk.reader()
    subscription = await desk.subscriptions.at(ROOM)

    answer = await desk.editor.digest_now(subscription, back=timedelta(days=1), unread=unread)

    assert answer.text == said


async def test_digest_asked_for_now_says_below_the_news_what_is_not_in_it(desk):
    await desk.reader()
    await desk.tells("Harbour of Lowmouth reopens after repairs")
    subscription = await desk.subscriptions.at(ROOM)
    await desk.subscriptions.follow(subscription, [feed(2, "Silent", state=FeedState.FAILING)], now=NOON)

    answer = await desk.editor.digest_now(subscription, back=timedelta(days=1), unread=Unread(pages=4))

    assert [paragraph.text for paragraph in answer.paragraphs[-2:]] == [
        "Silent does not answer.",
        "Still reading your sources: 4 pages to go. Ask again in a minute.",
    ]


async def test_digest_without_news_is_silent_where_people_want_it_so(desk):
    slot = await desk.reader()
    subscription = await desk.subscriptions.at(ROOM)
    await desk.subscriptions.save(replace(subscription, quiet_when_empty=True))

    assert await desk.editor.compose_due("telegram") == 1

    assert desk.ledger.frozen == {slot.id: ()}
    assert desk.ledger.parts == {}


async def test_digest_has_no_more_stories_than_its_reader_wants_and_none_without_their_words(desk):
    slot = await desk.reader()
    for number in range(7):
        await desk.tells(f"Harbour of Lowmouth reopens for the {number}th time")
    subscription = await desk.subscriptions.at(ROOM)
    await desk.subscriptions.save(replace(subscription, most=5, words='harbour -"3th time"'))

    await desk.editor.compose_due("telegram")

    assert len(desk.ledger.frozen[slot.id]) == 5
    assert "3th" not in desk.ledger.parts[1].part.text
    assert "1 more story" in desk.ledger.parts[1].part.text
    (edition,) = desk.editions.kept.values()
    assert edition.words == 'harbour -"3th time"'


async def test_readers_with_the_same_selection_share_an_edition(desk):
    await desk.reader()
    await desk.reader(Address("telegram", "8"))
    await desk.tells("Harbour of Lowmouth reopens after repairs")

    await desk.editor.compose_due("telegram")

    assert len(desk.ledger.frozen) == 2
    assert len(desk.editions.kept) == 1


async def test_each_reader_of_an_edition_reads_it_in_their_language(desk):
    await desk.reader()
    await desk.reader(Address("telegram", "8"))
    await desk.tells("Harbour of Lowmouth reopens after repairs")
    subscription = await desk.subscriptions.at(ROOM)
    await desk.subscriptions.save(replace(subscription, language="de"))

    await desk.editor.compose_due("telegram")

    parts = {one.address: one.part for one in desk.ledger.parts.values()}
    assert parts[ROOM].text.startswith("Donnerstag, 26. November 2026")
    assert parts[Address("telegram", "8")].text.startswith("Thursday, November 26, 2026")
    assert len(desk.editions.kept) == 1


async def test_one_digest_that_cannot_be_frozen_stops_nobody_elses(desk):
    poor = await desk.reader()
    other = await desk.reader(Address("telegram", "8"))
    freeze = desk.ledger.freeze

    async def fails_for_one(slot, *given, **how):
        if slot.id == poor.id:
            raise OSError("a row that the database refuses")
        await freeze(slot, *given, **how)

    desk.ledger.freeze = fails_for_one

    assert await desk.editor.compose_due("telegram") == 1

    assert list(desk.ledger.frozen) == [other.id]
    assert desk.ledger.taken[poor.id] is not None  # and is tried again later


async def test_digest_asked_for_now_heeds_the_readers_words(desk):
    await desk.reader()
    await desk.tells("Harbour of Lowmouth reopens after repairs")
    subscription = replace(await desk.subscriptions.at(ROOM), words="-repairs")

    said = await desk.editor.digest_now(subscription, back=timedelta(days=1))

    assert said.text == "Nothing in the last day from your sources."
