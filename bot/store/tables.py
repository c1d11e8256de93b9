"""The rows of talking: subscriptions, what they follow, what they are owed and what was sent."""

from datetime import date, datetime

from sqlalchemy import Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

import digests.store.tables  # noqa: F401  # the feeds and stories that our foreign keys name


class SubscriptionRow(SQLModel, table=True):
    __tablename__ = "subscription"
    __table_args__ = (UniqueConstraint("chat", "tenant", "room", "thread"),)

    id: int | None = Field(default=None, primary_key=True)
    chat: str
    tenant: str = ""
    room: str
    thread: str = ""  # empty: none; a null would not be unique
    zone: str
    timetable: str  # in the grammar of `bot.timetable`
    language: str = "en"
    paused: str | None = None  # the reason
    created_at: datetime
    next_due_at: datetime | None = Field(default=None, index=True)  # null: off or paused
    shown_until: datetime  # the last digest's end: the next begins here


class FollowRow(SQLModel, table=True):
    __tablename__ = "follow"

    subscription_id: int = Field(foreign_key="subscription.id", ondelete="CASCADE", primary_key=True)
    feed_id: int = Field(foreign_key="feed.id", ondelete="CASCADE", primary_key=True, index=True)
    added_at: datetime


class SlotRow(SQLModel, table=True):
    """One digest that one subscription is owed: unique for a time of a local date."""

    __tablename__ = "slot"
    __table_args__ = (UniqueConstraint("subscription_id", "local_date", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    subscription_id: int = Field(foreign_key="subscription.id", ondelete="CASCADE")
    at: str
    local_date: date
    due_at: datetime
    frozen_at: datetime | None = Field(default=None, index=True)  # when its parts were written down


class PartRow(SQLModel, table=True):
    """The outbox: one request to a chat."""

    __tablename__ = "part"
    __table_args__ = (UniqueConstraint("slot_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    slot_id: int = Field(foreign_key="slot.id", ondelete="CASCADE")
    number: int
    chat: str
    tenant: str
    room: str
    thread: str
    body: str = Field(sa_column=Column(Text, nullable=False))
    text: str = Field(sa_column=Column(Text, nullable=False))
    due_at: datetime  # its slot's
    state: str = Field(default="due", index=True)
    attempts: int = 0
    not_before: datetime = Field(index=True)  # when it is to be tried
    repeat: bool = False  # it may have arrived before
    message_id: str | None = None
    error: str | None = None
    changed_at: datetime


class ShownRow(SQLModel, table=True):
    """A story that a subscription has been shown."""

    __tablename__ = "shown"

    subscription_id: int = Field(foreign_key="subscription.id", ondelete="CASCADE", primary_key=True)
    story_id: int = Field(foreign_key="story.id", ondelete="CASCADE", primary_key=True)
    shown_at: datetime
