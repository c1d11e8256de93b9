"""The rows of talking: subscriptions, what they follow, what they are owed and what was sent."""

from datetime import date, datetime

from sqlalchemy import Column, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

import digests.store.tables  # noqa: F401  # the feeds and stories that our foreign keys name


def _some_of(name: str, *columns: str, where: str) -> Index:
    """Return an index of some rows only: a million new ones enter fewer."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class SubscriptionRow(SQLModel, table=True):
    __tablename__ = "subscription"
    __table_args__ = (UniqueConstraint("chat", "tenant", "room", "thread"),)

    id: int | None = Field(default=None, primary_key=True)
    chat: str
    tenant: str = ""
    room: str
    thread: str = ""  # empty: none; a null would not be unique
    zone: str
    timetable: str  # in the grammar of `bot.when.timetable`
    language: str = "en"
    paused: str | None = None  # the reason
    paused_until: datetime | None = None
    skipped_until: datetime | None = None
    quiet: str = Field(default="", sa_column_kwargs={"server_default": ""})
    most: int = Field(default=10, sa_column_kwargs={"server_default": "10"})
    words: str = Field(default="", sa_column_kwargs={"server_default": ""})
    quiet_when_empty: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    created_at: datetime
    next_due_at: datetime | None = Field(default=None, index=True)  # null: off or paused
    owed_from: datetime | None = None  # the first moment of the timetable as people last set it
    shown_until: datetime  # the last digest's end: the next begins here


class FollowRow(SQLModel, table=True):
    __tablename__ = "follow"

    subscription_id: int = Field(foreign_key="subscription.id", ondelete="CASCADE", primary_key=True)
    feed_id: int = Field(foreign_key="feed.id", ondelete="CASCADE", primary_key=True, index=True)
    added_at: datetime


class EditionRow(SQLModel, table=True):
    """A digest as it was composed, and what became of all stories looked at for it."""

    __tablename__ = "edition"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)  # equal for readers with the same selection
    composed_at: datetime = Field(index=True)
    packed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))  # see `bot.store.editions`


class AddedRow(SQLModel, table=True):
    """How many sources a room added at once: counted for an hour, whatever it dropped meanwhile."""

    __tablename__ = "added"

    id: int | None = Field(default=None, primary_key=True)
    subscription_id: int = Field(foreign_key="subscription.id", ondelete="CASCADE", index=True)
    count: int
    added_at: datetime


class SlotRow(SQLModel, table=True):
    """One digest that one subscription is owed: unique for a time of a local date."""

    __tablename__ = "slot"
    __table_args__ = (
        UniqueConstraint("subscription_id", "local_date", "at"),
        # The next ones to compose, what was done since when, and what shows an edition.
        _some_of("ix_slot_line", "chat", "due_at", "id", where="frozen_at IS NULL"),
        _some_of("ix_slot_frozen_at", "frozen_at", where="frozen_at IS NOT NULL"),
        _some_of("ix_slot_edition_id", "edition_id", where="edition_id IS NOT NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    subscription_id: int = Field(foreign_key="subscription.id", ondelete="CASCADE")
    chat: str = Field(default="", sa_column_kwargs={"server_default": ""})  # its subscription's
    at: str
    local_date: date
    due_at: datetime
    frozen_at: datetime | None = None  # when its parts were written down
    taken_until: datetime | None = None  # a process composes it, or it could not be composed
    edition_id: int | None = Field(default=None, foreign_key="edition.id", ondelete="SET NULL")


class PartRow(SQLModel, table=True):
    """The outbox: one request to a chat."""

    __tablename__ = "part"
    __table_args__ = (
        UniqueConstraint("slot_id", "number"),
        Index("ix_part_line", "chat", "state", "due_at", "id"),  # the next ones to send
        Index("ix_part_room_line", "room", "state", "id"),  # what is before one in its room
    )

    id: int | None = Field(default=None, primary_key=True)
    slot_id: int = Field(foreign_key="slot.id", ondelete="CASCADE")
    number: int
    chat: str
    tenant: str
    room: str
    thread: str
    body: str = Field(sa_column=Column(Text, nullable=False))
    text: str = Field(sa_column=Column(Text, nullable=False))
    language: str = Field(default="en", sa_column_kwargs={"server_default": "en"})
    rest: str = Field(default="", sa_column_kwargs={"server_default": ""})  # see `bot.store.resting`
    due_at: datetime  # its slot's, or the end of the quiet hours for which it was held
    state: str = Field(default="due", index=True)
    attempts: int = 0
    not_before: datetime  # when it is to be tried
    repeat: bool = False  # it may have arrived before
    owner: str | None = None  # the process that claimed it last
    lease_until: datetime | None = None  # claimed or being sent: a process silent for longer is gone
    message_id: str | None = None
    error: str | None = None
    asked_at: datetime | None = None  # its room was asked whether it arrived; see `bot.store.doubts`
    changed_at: datetime


class LaneRow(SQLModel, table=True):
    """One bot's way out, shared by all processes that talk through it."""

    __tablename__ = "lane"

    chat: str = Field(primary_key=True)
    tenant: str = Field(primary_key=True)
    next_at: datetime | None = None  # when the next message may leave
    held_until: datetime | None = None  # the platform asked us to wait


class SpreadRow(SQLModel, table=True):
    """Over how long the digests of a bot are spread that are due at one moment: the first who looks says."""

    __tablename__ = "spread"

    chat: str = Field(primary_key=True)
    tenant: str = Field(primary_key=True)
    due_at: datetime = Field(primary_key=True)
    seconds: int


class MovedRow(SQLModel, table=True):
    """An id that a room had before it moved."""

    __tablename__ = "moved"

    chat: str = Field(primary_key=True)
    tenant: str = Field(primary_key=True)
    room: str = Field(primary_key=True)
    became: str = Field(index=True)


class HeardRow(SQLModel, table=True):
    """When a group heard from us in the last minute, or will: shared by all processes of its bot."""

    __tablename__ = "heard"

    room: str = Field(primary_key=True)  # as an address is written
    places: str = Field(sa_column=Column(Text, nullable=False))  # JSON: seconds since 1970, in order
    until: datetime = Field(index=True)  # then nothing of it counts any more


class LeaseRow(SQLModel, table=True):
    """What one process alone may do, for a while."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    owner: str
    until: datetime


class ShownRow(SQLModel, table=True):
    """A story that a subscription has been shown."""

    __tablename__ = "shown"

    subscription_id: int = Field(foreign_key="subscription.id", ondelete="CASCADE", primary_key=True)
    story_id: int = Field(foreign_key="story.id", ondelete="CASCADE", primary_key=True)
    shown_at: datetime
