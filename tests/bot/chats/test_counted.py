"""Whatever becomes of a send is counted once, and passed on as it was."""

from collections import Counter

import pytest

from bot.chats.counted import OUTCOMES, CountedChat
from bot.errors import BadMessage, ChatClosed, ChatMoved, NotSent, Uncertain
from bot.model import Part
from tests.fakes import ROOM, FakeChat

PART = Part(body="{}", text="words")


@pytest.fixture
def counts():
    return Counter()


async def test_sent_part_is_counted_and_passed_on(counts):
    chat = FakeChat()

    assert await CountedChat(chat, counts).send(ROOM, PART, repeat=True) == "m1"

    assert chat.sent == [(ROOM, "{}", True)]
    assert +counts == {("telegram", "sent"): 1}


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (NotSent("429", retry_after=3), "too_fast"),
        (NotSent("no connection"), "not_sent"),
        (ChatClosed("blocked"), "closed"),
        (ChatMoved("moved", room="9"), "moved"),
        (BadMessage("markup"), "refused"),
        (Uncertain("no answer"), "uncertain"),
        (RuntimeError("unforeseen"), "uncertain"),
    ],
)
async def test_error_is_counted_and_raised(counts, error, outcome):
    chat = FakeChat()
    chat.troubles.append(error)

    with pytest.raises(type(error)):
        await CountedChat(chat, counts).send(ROOM, PART)

    assert +counts == {("telegram", outcome): 1}


def test_outcomes_that_never_were_are_shown_as_none(counts):
    CountedChat(FakeChat(), counts)

    assert counts == {("telegram", outcome): 0 for outcome in OUTCOMES}
