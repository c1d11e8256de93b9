"""What becomes of a part on its way, for each thing that may happen to it."""

from asyncio import CancelledError, Event
from datetime import timedelta

import pytest

from bot.deliver import RESEND_AFTER, Deliver
from bot.errors import BadMessage, ChatClosed, ChatMoved, NotSent, Uncertain
from bot.model import Address, DeliveryState
from tests.fakes import NOON, ROOM, FakeChat, FakeClock, FakeLedger, FakePacing

OTHER = Address(chat="telegram", room="8")


class Post:
    """A post office with one chat."""

    def __init__(self, **settings) -> None:
        self.ledger, self.chat, self.clock, self.pacing = FakeLedger(), FakeChat(), FakeClock(), FakePacing()
        self.settings = settings

    def office(self) -> Deliver:
        """Return a process's post office, new as after a restart."""
        return Deliver(
            self.ledger, {"telegram": self.chat}, limits=self.pacing, clock=self.clock, **self.settings
        )

    @property
    def arrived(self) -> list[str]:
        return [body for _, body, _ in self.chat.sent]


@pytest.fixture
def post() -> Post:
    return Post()


async def test_parts_of_a_room_arrive_in_order(post):
    post.ledger.owes("one", "two", "three")

    tried = await post.office().drain()

    assert post.arrived == ["<b>one</b>", "<b>two</b>", "<b>three</b>"]
    assert post.ledger.states() == ["sent"] * 3
    assert post.ledger.message_ids == {1: "m1", 2: "m2", 3: "m3"}
    assert tried == 3


async def test_nothing_is_sent_before_its_time(post):
    post.ledger.owes("one", at=NOON + timedelta(seconds=1))

    await post.office().drain()

    assert post.arrived == []


async def test_later_part_never_overtakes_one_that_is_tried_again(post):
    post.ledger.owes("one", "two")
    post.chat.troubles = [NotSent("busy", retry_after=5)]
    office = post.office()

    await office.drain()
    assert post.arrived == []
    post.clock.advance(seconds=5)
    await office.drain()

    assert post.arrived == ["<b>one</b>", "<b>two</b>"]


async def test_part_that_surely_did_not_arrive_is_tried_not_before_the_platform_allows(post):
    post.ledger.owes("one")
    post.chat.troubles = [NotSent("429", retry_after=7.5)]

    await post.office().drain()

    assert post.ledger.not_before[1] == NOON + timedelta(seconds=7.5)
    assert post.pacing.held == []


async def test_whole_lane_is_held_where_the_platform_means_the_bot(post):
    post.ledger.owes("one")
    post.chat.troubles = [NotSent("429", retry_after=7.5, whole_lane=True)]

    await post.office().drain()

    assert post.pacing.held == [(ROOM, 7.5)]


async def test_busy_chat_is_tried_less_and_less_often_and_for_ever(post):
    post.ledger.owes("one")
    waits = []
    for _ in range(12):
        post.chat.troubles = [NotSent("502")]
        await post.office().drain()
        waits.append((post.ledger.not_before[1] - post.clock()).total_seconds())
        post.clock.now = post.ledger.not_before[1]

    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (2, 300)


async def test_part_tried_thousands_of_times_is_still_tried(post):
    post.ledger.owes("one")
    post.ledger._change(post.ledger.parts[1], attempts=5000)
    post.chat.troubles = [NotSent("502")]

    await post.office().drain()

    assert post.ledger.not_before[1] == NOON + timedelta(seconds=300)


async def test_room_that_is_closed_is_paused_with_the_reason_and_gets_nothing_more(post):
    post.ledger.owes("one", "two")
    post.ledger.owes("elsewhere", address=OTHER, slot_id=2)
    post.chat.troubles = [ChatClosed("bot was blocked by the user")]

    await post.office().drain()

    assert post.ledger.paused == {ROOM: "bot was blocked by the user"}
    assert post.ledger.states() == ["failed", "failed", "sent"]


async def test_room_that_moved_gets_its_digest_at_its_new_place(post):
    post.ledger.owes("one", "two")
    post.chat.troubles = [ChatMoved("migrated", room="-100")]

    await post.office().drain()

    assert [(where.room, body) for where, body, _ in post.chat.sent] == [
        ("-100", "<b>one</b>"),
        ("-100", "<b>two</b>"),
    ]


async def test_refused_markup_is_sent_once_more_as_plain_text(post):
    post.ledger.owes("one")
    post.chat.troubles = [BadMessage("can't parse entities")]

    await post.office().drain()

    assert post.arrived == ["one"]


async def test_part_refused_without_markup_too_is_given_up_with_the_rest_of_its_digest(post):
    post.ledger.owes("one", "two")
    post.chat.troubles = [BadMessage("no"), BadMessage("no")]

    await post.office().drain()

    assert post.arrived == []
    assert post.ledger.states() == ["failed", "failed"]


@pytest.mark.parametrize("trouble", [Uncertain("timed out"), RuntimeError("a fault of ours")])
async def test_part_that_may_have_arrived_is_sent_once_more_and_marked(post, trouble):
    post.ledger.owes("one", "two")
    post.chat.troubles = [trouble]
    office = post.office()

    await office.drain()
    assert post.arrived == []
    assert post.ledger.not_before[1] == NOON + RESEND_AFTER
    post.clock.advance(seconds=30)
    await office.drain()

    assert [(body, repeat) for _, body, repeat in post.chat.sent] == [
        ("<b>one</b>", True),
        ("<b>two</b>", False),
    ]


async def test_part_twice_in_doubt_is_not_sent_a_third_time_and_the_rest_goes_on(post):
    post.ledger.owes("one", "two")
    office = post.office()
    for _ in range(2):
        post.chat.troubles = [Uncertain("timed out")]
        await office.drain()
        post.clock.advance(seconds=30)

    await office.drain()

    assert post.ledger.states() == ["uncertain", "sent"]


async def test_part_in_doubt_is_held_where_the_operator_wants_no_repeats():
    post = Post(on_uncertain="hold")
    post.ledger.owes("one", "two")
    post.chat.troubles = [Uncertain("timed out")]

    await post.office().drain()
    post.clock.advance(hours=1)
    await post.office().drain()

    assert post.ledger.states() == ["uncertain", "sent"]
    assert post.arrived == ["<b>two</b>"]


async def test_process_that_dies_while_sending_repeats_that_part_alone_and_marks_it(post):
    post.ledger.owes("one", "two")
    post.chat.troubles = [None, CancelledError()]  # it dies in the middle of the second request
    with pytest.raises(CancelledError):
        await post.office().drain()
    assert post.ledger.states() == ["sent", "sending"]

    restarted = post.office()
    await restarted.recover()
    post.clock.advance(seconds=30)
    await restarted.drain()

    assert [(body, repeat) for _, body, repeat in post.chat.sent] == [
        ("<b>one</b>", False),
        ("<b>two</b>", True),
    ]


async def test_part_on_its_way_in_one_crash_after_another_comes_again_marked_but_not_for_ever(post):
    post.ledger.owes("one")
    crashes = 0
    while post.ledger.states() == ["due"]:
        post.chat.troubles = [CancelledError()]
        with pytest.raises(CancelledError):
            await post.office().drain()
        crashes += 1
        await post.office().recover()
        post.clock.advance(seconds=30)

    assert crashes == 5
    assert post.ledger.states() == ["uncertain"]


async def test_process_that_dies_before_sending_repeats_nothing(post):
    post.ledger.owes("one")

    restarted = post.office()
    await restarted.recover()
    await restarted.drain()

    assert [repeat for _, _, repeat in post.chat.sent] == [False]


async def test_part_that_another_process_has_claimed_is_not_sent(post):
    post.ledger.owes("one")
    (seen,) = await post.ledger.claim("telegram", now=NOON, limit=1)
    await post.ledger.sending(seen, now=NOON)

    await post.office()._send(seen)

    assert post.arrived == []


async def test_what_was_sent_while_the_database_was_away_is_written_down_later_and_not_sent_again(post):
    post.ledger.owes("one")
    post.ledger.broken = {"sent"}
    office = post.office()
    with pytest.raises(OSError, match="away"):
        await office.drain()

    post.ledger.broken = set()
    await office.drain()

    assert post.ledger.states() == ["sent"]
    assert post.arrived == ["<b>one</b>"]


async def test_what_was_sent_is_written_down_later_though_another_process_drains_now(post):
    post.ledger.owes("one")
    post.ledger.broken = {"sent"}
    office = post.office()
    with pytest.raises(OSError, match="away"):
        await office.drain()
    with pytest.raises(OSError, match="away"):
        await office.settle()

    post.ledger.broken = set()
    await office.settle()

    assert post.ledger.states() == ["sent"]


async def test_one_room_in_trouble_does_not_stop_the_others(post):
    for number in range(20):
        post.ledger.owes("news", address=Address("telegram", str(number)), slot_id=number)
    post.chat.troubles = [
        NotSent("busy", retry_after=60),
        ChatClosed("kicked"),
        Uncertain("?"),
        BadMessage("?"),
    ]

    await post.office().drain()

    assert post.ledger.states().count(DeliveryState.SENT) == 17


async def test_part_whose_claim_was_lost_is_given_back_and_not_sent(post):
    post.ledger.owes("one")
    (seen,) = await post.ledger.claim("telegram", now=NOON, limit=1)
    await post.ledger.release(seen, now=NOON)

    await post.office()._send(seen)

    assert post.arrived == []
    assert post.ledger.states() == ["due"]


async def test_part_that_was_written_down_as_a_hold_came_is_given_back_and_not_sent(post, monkeypatch):
    post.ledger.owes("one")
    monkeypatch.setattr(post.pacing, "is_held", lambda address: True)
    monkeypatch.setattr("bot.deliver._LOOK_AGAIN", 0)
    office = post.office()
    (seen,) = await post.ledger.claim("telegram", now=NOON, limit=1)

    await office._send(seen)

    assert post.arrived == []
    assert post.ledger.states() == ["due"]


async def test_part_that_could_not_be_written_down_is_not_sent_before_it_is(post):
    post.ledger.owes("one")
    post.ledger.broken = {"sending"}
    office = post.office()
    with pytest.raises(OSError, match="away"):
        await office.drain()
    assert post.arrived == []

    post.ledger.broken = set()
    await office.drain()

    assert [repeat for _, _, repeat in post.chat.sent] == [False]


async def test_office_that_is_told_to_stop_claims_nothing_more_and_gives_back_what_waits(post):
    post.ledger.owes("one", "two")
    office = post.office()

    async def stop(address):
        office.stop()

    post.pacing.wait = stop
    await office.drain()

    assert post.arrived == []
    assert post.ledger.states() == ["due", "due"]


async def test_request_that_hangs_keeps_no_other_room_waiting(post, monkeypatch):
    monkeypatch.setattr("bot.deliver._LOOK_AGAIN", 0.01)
    post.ledger.owes("hangs")
    post.ledger.owes("one", "two", address=OTHER, slot_id=2)
    hangs, send = Event(), post.chat.send

    async def slow(address, part, *, repeat=False):
        if address == ROOM:
            await hangs.wait()
        sent = await send(address, part, repeat=repeat)
        if part.text == "two":
            hangs.set()
        return sent

    post.chat.send = slow
    await post.office().drain()

    assert post.arrived == ["<b>one</b>", "<b>two</b>", "<b>hangs</b>"]


async def test_chats_are_drained_each_by_itself(post):
    post.ledger.owes("one")
    post.ledger.owes("elsewhere", address=Address("slack", "C1"), slot_id=2)

    await post.office().drain("telegram")

    assert post.ledger.states() == ["sent", "due"]
