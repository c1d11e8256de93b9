"""The nouns of talking: rooms, slots, and a digest on its way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from digests.model import Feed


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """A room in a chat."""

    chat: str  # "telegram", "slack": a name in bot.chats
    room: str  # the platform's id
    tenant: str = ""  # Slack: the team; Telegram: empty
    thread: str | None = None  # a topic of a forum

    def __str__(self) -> str:
        return ":".join(part for part in (self.chat, self.tenant, self.room, self.thread) if part)


@dataclass(frozen=True, slots=True)
class Subscription:
    """Who gets a digest, and when."""

    id: int
    address: Address
    zone: str  # IANA name
    timetable: str  # in the grammar of `bot.when.timetable`
    shown_until: datetime  # the end of the last digest: the next begins here
    language: str = "en"
    paused: str | None = None  # the reason, as shown to people
    paused_until: datetime | None = None  # when a pause that a person asked for ends by itself
    skipped_until: datetime | None = None  # a digest due before then is not sent
    quiet: str = ""  # hours in which nothing is sent, of `zone`: "22:00-07:00"; empty: none
    most: int = 10  # stories of a digest: 5, 10 or 20
    words: str = ""  # which articles are wanted, as typed; see `digests.compose.filters`
    quiet_when_empty: bool = False  # a digest without news is not sent
    next_due_at: datetime | None = None  # None: off, or paused until people ask again

    def rests(self, now: datetime) -> bool:
        """Say whether it is paused now: a pause may have an end."""
        return self.paused is not None and (self.paused_until is None or self.paused_until > now)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a message as one request of its chat's API, frozen before it is sent."""

    body: str  # JSON of the request's fields, except where it goes
    text: str  # the same as plain text: to show, and to fall back to
    language: str = "en"  # in which it speaks: what is said later stands in the same


class DeliveryState(StrEnum):
    """Where a part is on its way. Only SENDING can become UNCERTAIN."""

    DUE = "due"
    CLAIMED = "claimed"  # a process is about to send it; if that ends, it is due again
    SENDING = "sending"  # written down just before the request leaves
    SENT = "sent"
    UNCERTAIN = "uncertain"  # it may have arrived
    FAILED = "failed"  # refused for good


@dataclass(frozen=True, slots=True)
class Slot:
    """One digest that one subscription is owed."""

    id: int
    subscription_id: int
    at: str  # the schedule's entry: "08:00"
    local_date: date
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """A subscription, and what composing its digest needs to know."""

    subscription: Subscription
    feeds: tuple[Feed, ...] = ()  # in the order in which they were added
    shown: Mapping[int, datetime] = field(default_factory=dict)  # stories, and when each was shown last


@dataclass(frozen=True, slots=True)
class Found:
    """What is stored of a page that somebody asks about."""

    title: str
    url: str
    outlet: str
    is_untried: bool = False  # the page is still to be read
    is_given_up: bool = False  # the page has no article that could be read
    stories: tuple[int, ...] = ()  # the story that tells it, and those that have become part of that
    collected: datetime | None = None  # when its article was stored; None: there is none


class Stage(StrEnum):
    """How far an article has come on its way into a reader's digest; the last six are those of `Fate`."""

    NOT_READ = "not read"
    TROUBLE = "trouble"  # reading it failed, and is tried again
    NO_TEXT = "no text"
    LOOSE = "loose"  # in no story yet
    WAITING = "waiting"  # it came after the last digest
    EARLIER = "earlier"  # the last digest looked at newer ones only
    SHOWN = "shown"
    UPDATE = "update"
    FILTERED = "filtered"
    KNOWN = "known"
    CROWDED = "crowded"
    LESS_IMPORTANT = "less important"


@dataclass(frozen=True, slots=True)
class Trace:
    """What became of an article that somebody asked about."""

    title: str
    url: str
    outlet: str
    stage: Stage
    headline: str | None = None  # of its story in the last digest, if it is there
    words: str = ""  # the filter of the last digest


@dataclass(frozen=True, slots=True)
class Traced:
    """What a reader hears of the last digest."""

    at: datetime | None  # when it was due; None: there was none
    traces: tuple[Trace, ...] = ()
    ends: tuple[tuple[Stage, int], ...] = ()  # how many stories met which


@dataclass(frozen=True, slots=True)
class Frozen:
    """A slot's digest as it is to be sent."""

    slot: Slot
    address: Address
    parts: tuple[Part, ...]  # none: there is nothing to say
    stories: tuple[int, ...]  # ids of those that it shows
    until: datetime  # it tells what was known then; the next one begins there
    edition: int | None = None  # the id of the edition that it was made from


@dataclass(frozen=True, slots=True)
class Delivery:
    """A part of a slot's digest, on its way to a room."""

    id: int
    slot_id: int
    number: int  # from 0
    address: Address
    part: Part
    due_at: datetime
    state: DeliveryState = DeliveryState.DUE
    attempts: int = 0
    repeat: bool = False  # it may have arrived before: say so


@dataclass(frozen=True, slots=True)
class Doubt:
    """A message that may have arrived, as its room is asked about it."""

    delivery: int  # its id
    day: date
    at: str | None  # the schedule's entry: "08:00"; None: it is no digest's
    number: int  # from 1
    of: int  # messages that its digest has


@dataclass(frozen=True, slots=True)
class Keeping:
    """Since when each kind of thing is kept; what is older is forgotten."""

    texts: datetime  # of articles
    facts: datetime  # with links and titles
    keys: datetime  # by which entries are recognised that a feed shows again
    deliveries: datetime  # what was sent, and which stories were shown


@dataclass(frozen=True, slots=True)
class Unread:
    """What of a room's sources could be in its digest, but that it is still to be read."""

    feeds: int = 0  # followed just now, and never visited so far
    pages: int = 0  # never tried so far, or read and in no story yet

    def __bool__(self) -> bool:
        return self.feeds > 0 or self.pages > 0


@dataclass(frozen=True, slots=True)
class Report:
    """What an operator asks first, in numbers."""

    backlog: "Backlog"
    sent_today: int = 0  # digests, since midnight UTC
    in_doubt: int = 0  # parts that may have arrived
    paused: int = 0  # rooms that get nothing until they ask again
    failing: int = 0  # feeds


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many digests are owed now and have not arrived."""

    due: int = 0
    overdue: int = 0  # of them, those more than 15 minutes past their time
    oldest_overdue: int = 0  # seconds past its time; 0: none is overdue
