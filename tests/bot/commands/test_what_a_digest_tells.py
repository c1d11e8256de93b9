"""Length, words, silence, and why an article is there: what people set and ask of what a digest tells."""

import pytest

from bot.answer import Answers
from bot.message import Asker, Request
from bot.model import Stage, Trace, Traced
from tests.fakes import NOON, ROOM, FakeDesk


class Room:
    def __init__(self) -> None:
        self.desk = FakeDesk()
        self._answers = Answers(self.desk, {}, allowed=frozenset())

    async def asks(self, line, *, may_change=True):
        name, *arguments = line.split()
        asked = Request(ROOM, Asker("1"), name, tuple(arguments), may_change=may_change)
        return (await self._answers(asked)).text

    @property
    def subscription(self):
        return self.desk.subscriptions.by_address[ROOM]


@pytest.fixture
async def room():
    made = Room()
    await made.asks("subscribe world")
    return made


async def test_length_is_kept_and_shown(room):
    assert "*" not in await room.asks("length 20")

    assert room.subscription.most == 20
    assert "20 stories at most" in await room.asks("length")
    assert "Stories: 20 at most" in await room.asks("settings")


async def test_other_lengths_are_answered_with_what_to_type(room):
    assert "5, 10 or 20" in await room.asks("length 7")

    assert room.subscription.most == 10


async def test_words_are_kept_as_they_were_typed(room):
    await room.asks('words climate -football "Interest rates"')

    assert room.subscription.words == 'climate -football "Interest rates"'
    assert '"Interest rates"' in await room.asks("words")


async def test_words_off_asks_for_none(room):
    await room.asks("words climate")

    assert "all that you follow" in await room.asks("words OFF")
    assert room.subscription.words == ""


@pytest.mark.parametrize("typed", ["-", '""', "!!", "x" * 201])
async def test_what_is_no_filter_changes_nothing(room, typed):
    await room.asks("words climate")

    await room.asks(f"words {typed}")

    assert room.subscription.words == "climate"


async def test_silence_and_a_line_are_told_apart(room):
    assert "nothing comes" in await room.asks("empty silent")
    assert room.subscription.quiet_when_empty

    assert "one line" in await room.asks("empty line")
    assert not room.subscription.quiet_when_empty

    assert "/empty silent" in await room.asks("empty perhaps")


async def test_members_may_look_but_not_change(room):
    for line in ("length 5", "words climate", "empty silent"):
        assert "admins" in await room.asks(line, may_change=False)

    assert "10 stories" in await room.asks("length", may_change=False)


@pytest.mark.parametrize("stage", list(Stage))
async def test_every_stage_is_told_in_words(room, stage):
    room.desk.traced = Traced(NOON, (Trace("Ferry sails", "https://a.example", "Post", stage, words="sea"),))

    title, because = (await room.asks("why ferry")).splitlines()

    assert title == "Ferry sails · Post"
    assert because.endswith((".", "/words", "/length 20"))
    assert "{" not in because


async def test_why_alone_counts_the_last_digests_stories(room):
    room.desk.traced = Traced(NOON, ends=((Stage.SHOWN, 10), (Stage.LESS_IMPORTANT, 80)))

    told = await room.asks("why")

    assert "looked at 90 stories" in told
    assert "10 shown" in told
    assert "80 less important" in told


async def test_why_of_what_is_in_no_source_says_no_more_than_that(room):
    room.desk.traced = Traced(NOON)

    assert "None of your sources" in await room.asks("why https://secret.example/1")
