"""How things stand, as people and programs read it."""

import io
from datetime import timedelta

from rich.console import Console

from bot.cli.status import SHOWN, Status, show_status, status_data
from bot.model import Backlog, Delivery, DeliveryState, Part, Subscription
from digests.model import Feed, FeedState
from tests.fakes import NOON, ROOM

HELD = Delivery(
    id=7,
    slot_id=3,
    number=1,
    address=ROOM,
    part=Part(body="{}", text="words that are nobody's business here"),
    due_at=NOON,
    state=DeliveryState.UNCERTAIN,
    attempts=2,
)
PAUSED = Subscription(1, ROOM, zone="UTC", timetable="12:00", shown_until=NOON, paused="[bold]blocked\x1b[2J")
BROKEN = Feed(
    id=1,
    url="https://harbour.example/feed",
    title="Harbour Post",
    state=FeedState.FAILING,
    failing_since=NOON - timedelta(hours=5),
)


def status(*, uncertain=(HELD,)):
    backlog = Backlog(due=2, overdue=1, oldest_overdue=5400)
    return Status(NOON, backlog, sent_today=4, uncertain=uncertain, paused=(PAUSED,), failing=(BROKEN,))


def shown(told):
    out = io.StringIO()
    show_status(told, Console(file=out, width=120))
    return out.getvalue()


def test_programs_get_the_promised_form():
    assert status_data(status()) == {
        "due": 2,
        "overdue": 1,
        "oldest_overdue_seconds": 5400,
        "sent_today": 4,
        "uncertain": [
            {
                "delivery": 7,
                "slot": 3,
                "part": 1,
                "chat": "telegram:7",
                "due_at": "2026-11-26T12:00:00+00:00",
                "state": "uncertain",
                "attempts": 2,
            }
        ],
        "paused": [{"chat": "telegram:7", "reason": PAUSED.paused}],
        "failing_feeds": [
            {"url": BROKEN.url, "state": "failing", "since": "2026-11-26T07:00:00+00:00"},
        ],
    }


def test_people_read_what_needs_them():
    told = shown(status())

    assert "Overdue: 1 digest, the oldest by 90 min." in told
    assert "3.1" in told
    assert "https://harbour.example/feed" in told
    assert "5 h" in told
    assert HELD.part.text not in told


def test_foreign_words_are_neither_markup_nor_orders_to_the_terminal():
    told = shown(status())

    assert "[bold]blocked" in told
    assert "\x1b[2J" not in told


def test_long_list_is_cut_and_says_so():
    told = shown(status(uncertain=(HELD,) * (SHOWN + 5)))

    assert told.count("3.1") == SHOWN
    assert "and 5 more" in told
