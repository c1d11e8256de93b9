"""The rows of the core: feeds, entries, articles with their facts, stories.

Rows are made from and turned into `digests.model` values, and never leave a store.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, MetaData, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

# So that Alembic can name what it alters on every database.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


_OPEN = text("told_by IS NULL")
_WHERE_OPEN: dict[str, Any] = {"sqlite_where": _OPEN, "postgresql_where": _OPEN}


class FeedRow(SQLModel, table=True):
    __tablename__ = "feed"

    id: int | None = Field(default=None, primary_key=True)
    url: str = Field(sa_column=Column(Text, nullable=False, unique=True))
    host: str = Field(default="", sa_column_kwargs={"server_default": ""})
    title: str
    language: str = "en"
    topic: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    next_poll_at: datetime | None = Field(default=None, index=True)  # null: nobody wants it
    state: str = "ok"
    failing_since: datetime | None = None
    failures: int = 0
    poll_seconds: int | None = None
    moved_to: str | None = None
    moved_times: int = 0
    skip_hours: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    listed_at: datetime | None = None  # when the operator listed it: offered to all, read whoever follows it
    created_at: datetime


class HostRow(SQLModel, table=True):
    """Who may ask a host, of all the processes that collect: one at a time."""

    __tablename__ = "host"

    name: str = Field(primary_key=True)
    owner: str | None = None  # None: nobody, it wants its rest
    until: datetime = Field(index=True)


class EntryRow(SQLModel, table=True):
    """An entry that a feed has shown, and whether its page has been read."""

    __tablename__ = "entry"

    id: int | None = Field(default=None, primary_key=True)
    feed_id: int = Field(foreign_key="feed.id", ondelete="CASCADE", index=True)
    guid: str | None = None
    url: str = Field(sa_column=Column(Text, nullable=False))
    host: str = Field(default="", sa_column_kwargs={"server_default": ""})
    title: str = Field(sa_column=Column(Text, nullable=False))
    summary: str = Field(sa_column=Column(Text, nullable=False))
    author: str | None = None
    published: datetime | None = None
    first_seen: datetime
    content: str = Field(default="", sa_column=Column(Text, nullable=False, server_default=""))
    attempts: int = 0
    read_at: datetime | None = Field(default=None, index=True)  # when its page is to be read; null: done


class EntryKeyRow(SQLModel, table=True):
    """One of the ways to recognise an entry of a feed. Kept longer than the entry itself."""

    __tablename__ = "entry_key"

    feed_id: int = Field(foreign_key="feed.id", ondelete="CASCADE", primary_key=True)
    key: str = Field(primary_key=True)
    seen_at: datetime


class StoryRow(SQLModel, table=True):
    __tablename__ = "story"

    id: int | None = Field(default=None, primary_key=True)
    created_at: datetime
    updated_at: datetime = Field(index=True)
    absorbed_by: int | None = Field(
        default=None, foreign_key="story.id", index=True
    )  # it was part of that one


class ArticleRow(SQLModel, table=True):
    """A page that all can open, once, and apart from it what a feed itself tells of it."""

    __tablename__ = "article"
    __table_args__ = (
        Index("uq_article_url_open", "url", unique=True, **_WHERE_OPEN),
        UniqueConstraint("url", "told_by"),
    )

    id: int | None = Field(default=None, primary_key=True)
    feed_id: int = Field(foreign_key="feed.id", ondelete="CASCADE")
    told_by: int | None = Field(
        default=None, foreign_key="feed.id", ondelete="CASCADE"
    )  # whose readers see it
    story_id: int | None = Field(default=None, foreign_key="story.id", index=True)
    url: str = Field(sa_column=Column(Text, nullable=False))
    title: str = Field(sa_column=Column(Text, nullable=False))
    outlet: str
    text: str = Field(sa_column=Column(Text, nullable=False))
    language: str
    author: str | None = None
    published: datetime = Field(index=True)
    collected_at: datetime = Field(index=True)
    facts: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))


class FeedArticleRow(SQLModel, table=True):
    """Which feeds carry an article, and what they say of it: a room sees only what its own feeds carry."""

    __tablename__ = "feed_article"
    __table_args__ = (Index("ix_feed_article_carried", "feed_id", "carried_at"),)

    feed_id: int = Field(foreign_key="feed.id", ondelete="CASCADE", primary_key=True)
    article_id: int = Field(foreign_key="article.id", ondelete="CASCADE", primary_key=True, index=True)
    title: str = Field(sa_column=Column(Text, nullable=False))
    author: str | None = None
    published: datetime
    carried_at: datetime


metadata: MetaData = SQLModel.metadata
