"""The core's ports, kept in SQL: nouns in, rows in between, nouns out. Each method is one transaction."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Table, case, exists, insert, literal, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from digests.form import facts_data, facts_from
from digests.identity import keys_of, unseen
from digests.model import Article, Entry, Feed, FeedState, Story
from digests.ports import PageDue
from digests.store.engine import reading, writing
from digests.store.tables import ArticleRow, EntryKeyRow, EntryRow, FeedArticleRow, FeedRow, StoryRow


def table_of(row: type[Any]) -> Table:
    """Return the table behind a row class, for SQLAlchemy Core."""
    table: Table = row.__table__
    return table


FEED, ENTRY, KEY = table_of(FeedRow), table_of(EntryRow), table_of(EntryKeyRow)
ARTICLE, CARRIES, STORY = table_of(ArticleRow), table_of(FeedArticleRow), table_of(StoryRow)
_KNOWN_AT_ONCE = 500  # parameters in one IN (...)


class CoreStore:
    """See `CollectStore` and `BuildStore`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    # feeds --------------------------------------------------------------------------------------

    async def feeds_due(self, now: datetime, *, limit: int) -> Sequence[Feed]:
        """See `CollectStore`."""
        due = select(FEED).where(FEED.c.next_poll_at <= now).order_by(FEED.c.next_poll_at).limit(limit)
        async with reading(self._engine) as connection:
            return [feed_from(row) for row in (await connection.execute(due)).mappings()]

    async def feed_at(self, url: str) -> Feed | None:
        """See `CollectStore`."""
        async with reading(self._engine) as connection:
            row = (await connection.execute(select(FEED).where(FEED.c.url == url))).mappings().first()
        return None if row is None else feed_from(row)

    async def add_feed(
        self, url: str, *, title: str, language: str, topic: str | None = None, now: datetime
    ) -> Feed:
        """See `CollectStore`."""
        row: dict[str, Any] = {"url": url, "title": title, "language": language, "topic": topic}
        row |= {"created_at": now, "state": FeedState.OK, "failures": 0, "moved_times": 0}
        async with writing(self._engine) as connection:
            await connection.execute(insert_new(connection, FEED, row, unique=["url"]))
            found = await connection.execute(select(FEED).where(FEED.c.url == url))
            return feed_from(found.mappings().one())

    async def feed_read(self, feed: Feed, entries: Sequence[Entry], *, first: int, now: datetime) -> int:
        """See `CollectStore`."""
        async with writing(self._engine) as connection:
            known = await _known_keys(connection, feed.id, entries)
            fresh = unseen(entries, known)
            is_new = not known and not await _has_keys(connection, feed.id)
            await _save_feed(connection, feed, wakes=is_new)
            await _remember(connection, feed.id, entries, now=now)
            due = fresh[:first] if is_new else fresh
            await _add_pages(connection, feed.id, due, now=now)
            return len(due)

    async def feed_failed(self, feed: Feed) -> None:
        """See `CollectStore`."""
        async with writing(self._engine) as connection:
            await _save_feed(connection, feed)

    # pages --------------------------------------------------------------------------------------

    async def pages_due(self, now: datetime, *, limit: int) -> Sequence[PageDue]:
        """See `CollectStore`."""
        due = select(ENTRY).where(ENTRY.c.read_at <= now).order_by(ENTRY.c.read_at, ENTRY.c.id).limit(limit)
        async with reading(self._engine) as connection:
            rows = (await connection.execute(due)).mappings().all()
            feeds = await _feeds(connection, {row["feed_id"] for row in rows})
        return [_page_from(row, feeds[row["feed_id"]]) for row in rows]

    async def page_read(self, page: PageDue, article: Article, *, now: datetime) -> None:
        """See `CollectStore`."""
        async with writing(self._engine) as connection:
            row = _article_row(article, feed=page.feed, now=now)
            await connection.execute(insert_new(connection, ARTICLE, row, unique=["url"]))
            article_id = await connection.scalar(select(ARTICLE.c.id).where(ARTICLE.c.url == article.url))
            carries = {"feed_id": page.feed.id, "article_id": article_id}
            await connection.execute(
                insert_new(connection, CARRIES, carries, unique=["feed_id", "article_id"])
            )
            await _read_again(connection, page, at=None)

    async def page_failed(self, page: PageDue, *, again_at: datetime | None) -> None:
        """See `CollectStore`."""
        async with writing(self._engine) as connection:
            await _read_again(connection, page, at=again_at)

    # stories ------------------------------------------------------------------------------------

    async def ungrouped(self, *, limit: int) -> Sequence[Article]:
        """See `CollectStore`."""
        loose = select(ARTICLE).where(ARTICLE.c.story_id.is_(None)).order_by(ARTICLE.c.id).limit(limit)
        async with reading(self._engine) as connection:
            return [_article_from(row) for row in (await connection.execute(loose)).mappings()]

    async def stories_since(self, since: datetime) -> Sequence[Story]:
        """See `CollectStore`."""
        recent = select(STORY.c.id).where(STORY.c.updated_at > since)
        async with reading(self._engine) as connection:
            rows = await connection.execute(select(ARTICLE).where(ARTICLE.c.story_id.in_(recent)))
            return _stories(rows.mappings())

    async def save_stories(self, stories: Sequence[Story], *, now: datetime) -> None:
        """See `CollectStore`."""
        async with writing(self._engine) as connection:
            for story in stories:
                await _save_story(connection, story, now=now)

    async def stories_for(
        self, feed_ids: Sequence[int], *, since: datetime, until: datetime
    ) -> Sequence[Story]:
        """See `BuildStore`."""
        mine = select(CARRIES.c.article_id).where(CARRIES.c.feed_id.in_(feed_ids))
        fresh = select(ARTICLE.c.story_id).where(
            ARTICLE.c.id.in_(mine), ARTICLE.c.collected_at > since, ARTICLE.c.collected_at <= until
        )
        shown = select(ARTICLE).where(ARTICLE.c.id.in_(mine), ARTICLE.c.story_id.in_(fresh))
        async with reading(self._engine) as connection:
            return _stories((await connection.execute(shown)).mappings())


def insert_new(connection: AsyncConnection, table: Table, row: Any, *, unique: Sequence[str]) -> Any:
    """Return an insert of one row or several that leaves alone what is there already."""
    dialect = postgres_insert if connection.dialect.name == "postgresql" else sqlite_insert
    return dialect(table).values(row).on_conflict_do_nothing(index_elements=unique)


def feed_from(row: RowMapping) -> Feed:
    """Return the noun of a row of the table of feeds."""
    fields = {name: row[name] for name in Feed.__slots__}
    return Feed(**{**fields, "state": FeedState(row["state"])})


async def _feeds(connection: AsyncConnection, ids: Iterable[int]) -> dict[int, Feed]:
    rows = await connection.execute(select(FEED).where(FEED.c.id.in_(list(ids))))
    return {row["id"]: feed_from(row) for row in rows.mappings()}


async def _save_feed(connection: AsyncConnection, feed: Feed, *, wakes: bool = False) -> None:
    changed = {name: value for name, value in asdict(feed).items() if name not in ("id", "topic")}
    taken = select(exists().where(FEED.c.url == feed.url, FEED.c.id != feed.id))
    if await connection.scalar(taken):
        del changed["url"]  # it moved to where another of our feeds is: both stay, each with its readers
    mine = FEED.c.id == feed.id
    if not wakes:  # one that was left while we read it sleeps on
        at = literal(changed["next_poll_at"], FEED.c.next_poll_at.type)  # PostgreSQL asks what kind a null is
        changed["next_poll_at"] = case((FEED.c.next_poll_at.is_not(None), at))
    await connection.execute(update(FEED).where(mine).values(changed))


async def _has_keys(connection: AsyncConnection, feed_id: int) -> bool:
    return bool(await connection.scalar(select(exists().where(KEY.c.feed_id == feed_id))))


async def _known_keys(connection: AsyncConnection, feed_id: int, entries: Sequence[Entry]) -> set[str]:
    keys = [key for some in keys_of(entries) for key in some]
    known: set[str] = set()
    for start in range(0, len(keys), _KNOWN_AT_ONCE):
        some = keys[start : start + _KNOWN_AT_ONCE]
        found = await connection.scalars(
            select(KEY.c.key).where(KEY.c.feed_id == feed_id, KEY.c.key.in_(some))
        )
        known.update(found)
    return known


async def _remember(
    connection: AsyncConnection, feed_id: int, entries: Sequence[Entry], *, now: datetime
) -> None:
    keys = dict.fromkeys(key for some in keys_of(entries) for key in some)
    rows = [{"feed_id": feed_id, "key": key, "seen_at": now} for key in keys]
    for start in range(0, len(rows), _KNOWN_AT_ONCE):
        some = rows[start : start + _KNOWN_AT_ONCE]
        await connection.execute(insert_new(connection, KEY, some, unique=["feed_id", "key"]))


async def _add_pages(
    connection: AsyncConnection, feed_id: int, entries: Sequence[Entry], *, now: datetime
) -> None:
    rows = [
        asdict(entry) | {"feed_id": feed_id, "first_seen": now, "attempts": 0, "read_at": now}
        for entry in entries
    ]
    if rows:
        await connection.execute(insert(ENTRY), rows)


def _page_from(row: RowMapping, feed: Feed) -> PageDue:
    entry = Entry(**{name: row[name] for name in Entry.__slots__})
    return PageDue(id=row["id"], feed=feed, entry=entry, attempts=row["attempts"])


async def _read_again(connection: AsyncConnection, page: PageDue, *, at: datetime | None) -> None:
    changed = {"read_at": at, "attempts": page.attempts + 1}
    await connection.execute(update(ENTRY).where(ENTRY.c.id == page.id).values(changed))


def _article_row(article: Article, *, feed: Feed, now: datetime) -> dict[str, Any]:
    return {
        "feed_id": feed.id,
        "url": article.url,
        "title": article.title,
        "outlet": article.outlet,
        "text": article.text,
        "language": article.language,
        "author": article.author,
        "published": article.published or now,
        "collected_at": now,
        "facts": facts_data(article),
    }


def _article_from(row: RowMapping) -> Article:
    names = ("url", "title", "text", "outlet", "id", "feed_id", "language", "published", "author")
    return Article(**{name: row[name] for name in names}, facts=facts_from(row["facts"]))


def _stories(rows: Iterable[RowMapping]) -> list[Story]:
    members: dict[int, list[Article]] = defaultdict(list)
    for row in rows:
        members[row["story_id"]].append(_article_from(row))
    return [
        Story(articles=tuple(sorted(articles, key=_age)), id=story_id)
        for story_id, articles in sorted(members.items())
    ]


def _age(article: Article) -> tuple[datetime | None, int | None]:
    return article.published, article.id


async def _save_story(connection: AsyncConnection, story: Story, *, now: datetime) -> None:
    story_id = story.id
    if story_id is None:
        row = {"created_at": now, "updated_at": now}
        story_id = await connection.scalar(insert(STORY).values(row).returning(STORY.c.id))
    else:
        await connection.execute(update(STORY).where(STORY.c.id == story_id).values(updated_at=now))
    ids = [article.id for article in story.articles]
    await connection.execute(update(ARTICLE).where(ARTICLE.c.id.in_(ids)).values(story_id=story_id))
