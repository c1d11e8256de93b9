"""The core's ports, kept in SQL: nouns in, rows in between, nouns out. Each method is one transaction."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, RowMapping, Select, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from digests.form import facts_data
from digests.identity import host_of, published_at
from digests.model import Article, Entry, Feed, FeedState, Story
from digests.ports import PageDue
from digests.store.claims import HostClaims
from digests.store.engine import reading, writing
from digests.store.rows import ARTICLE, CARRIES, ENTRY, FEED, STORY, feed_from, in_batches, insert_new
from digests.store.told import ToldStories, article_from, stories_of
from digests.store.visits import MOST, Shown, Visit, write_visits
from digests.together import Together

_OTHER = ARTICLE.alias("other")
_FEEDS_LINE = (FEED.c.failures > 0, FEED.c.next_poll_at, FEED.c.id)
_PAGES_LINE = (ENTRY.c.attempts > 0, ENTRY.c.read_at, ENTRY.c.id)


class CoreStore:
    """See `CollectStore` and `BuildStore`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._told = ToldStories(engine)
        self._hosts = HostClaims(engine, owner=uuid4().hex)
        self._visits: Together[Visit, int | Exception] = Together(self._write_visits, most=MOST)

    # feeds --------------------------------------------------------------------------------------

    async def feeds_due(self, now: datetime, *, limit: int) -> Sequence[Feed]:
        """See `CollectStore`."""
        due = select(FEED).where(FEED.c.next_poll_at <= now).order_by(*_FEEDS_LINE).limit(limit)
        async with reading(self._engine) as connection:
            return [feed_from(row) for row in (await connection.execute(due)).mappings()]

    async def claim_feeds(self, now: datetime, *, limit: int) -> Sequence[Feed]:
        """See `CollectStore`."""
        is_due = FEED.c.next_poll_at <= now
        ids = await self._hosts.claimed(FEED, _FEEDS_LINE, is_due, now=now, limit=limit)
        async with reading(self._engine) as connection:  # once held: another may have read some just before
            feeds = await _feeds(connection, ids, is_due)
        return [feeds[one] for one in ids if one in feeds]

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
        row |= {"host": host_of(url)}
        row |= {"created_at": now, "state": FeedState.OK, "failures": 0, "moved_times": 0}
        async with writing(self._engine) as connection:
            await connection.execute(insert_new(connection, FEED, row, unique=["url"]))
            found = await connection.execute(select(FEED).where(FEED.c.url == url))
            return feed_from(found.mappings().one())

    async def feed_read(self, feed: Feed, entries: Sequence[Entry], *, first: int, now: datetime) -> int:
        """See `CollectStore`. Visits that end at about the same time share a transaction."""
        return await self._written(Visit(feed, Shown(entries, first, now)))

    async def feed_failed(self, feed: Feed) -> None:
        """See `CollectStore`."""
        await self._written(Visit(feed))

    async def _written(self, visit: Visit) -> int:
        answer = await self._visits(visit)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def _write_visits(self, visits: Sequence[Visit]) -> Sequence[int | Exception]:
        return await write_visits(self._engine, visits)

    # pages --------------------------------------------------------------------------------------

    async def pages_due(self, now: datetime, *, limit: int) -> Sequence[PageDue]:
        """See `CollectStore`."""
        due = select(ENTRY).where(ENTRY.c.read_at <= now).order_by(*_PAGES_LINE).limit(limit)
        async with reading(self._engine) as connection:
            return await _pages(connection, due)

    async def claim_pages(self, now: datetime, *, limit: int) -> Sequence[PageDue]:
        """See `CollectStore`."""
        is_due = ENTRY.c.read_at <= now
        ids = await self._hosts.claimed(ENTRY, _PAGES_LINE, is_due, now=now, limit=limit)
        async with reading(self._engine) as connection:
            pages = [
                page
                for some in in_batches(ids)
                for page in await _pages(connection, select(ENTRY).where(ENTRY.c.id.in_(some), is_due))
            ]
        place = {one: number for number, one in enumerate(ids)}
        return sorted(pages, key=lambda page: place[page.id])

    async def claim_host(self, host: str, *, now: datetime) -> bool:
        """See `CollectStore`."""
        return host in await self._hosts.taken([host], now=now)

    async def keep_hosts(self, hosts: Collection[str], *, now: datetime) -> None:
        """See `CollectStore`."""
        await self._hosts.keep(hosts, now=now)

    async def leave_hosts(self, hosts: Collection[str], *, now: datetime) -> None:
        """See `CollectStore`."""
        await self._hosts.leave(hosts, now=now)

    async def rest_host(self, host: str, *, until: datetime) -> None:
        """See `CollectStore`."""
        await self._hosts.rest(host, until=until)

    async def page_read(self, page: PageDue, article: Article, *, now: datetime) -> None:
        """See `CollectStore`."""
        async with writing(self._engine) as connection:
            row = _article_row(article, feed=page.feed, now=now)
            row["story_id"] = await _story_of(connection, article.url)
            await connection.execute(insert_new(connection, ARTICLE, row))
            mine = (ARTICLE.c.url == article.url, ARTICLE.c.told_by.is_not_distinct_from(row["told_by"]))
            told = {name: row[name] for name in ("feed_id", "title", "author", "published")}
            told |= {"article_id": await connection.scalar(select(ARTICLE.c.id).where(*mine))}
            await connection.execute(insert_new(connection, CARRIES, told | {"carried_at": now}))
            await _read_again(connection, page, at=None)

    async def page_failed(self, page: PageDue, *, again_at: datetime | None) -> None:
        """See `CollectStore`."""
        async with writing(self._engine) as connection:
            await _read_again(connection, page, at=again_at)

    async def page_put_off(self, page: PageDue, *, until: datetime) -> None:
        """See `CollectStore`."""
        async with writing(self._engine) as connection:
            await connection.execute(update(ENTRY).where(ENTRY.c.id == page.id).values(read_at=until))

    # stories ------------------------------------------------------------------------------------

    async def ungrouped(self, *, limit: int) -> Sequence[Article]:
        """See `CollectStore`."""
        others = _told_before(_OTHER.c.story_id.is_(None))
        loose = select(ARTICLE).where(ARTICLE.c.story_id.is_(None), ~others)
        async with reading(self._engine) as connection:
            rows = await connection.execute(loose.order_by(ARTICLE.c.id).limit(limit))
            return [article_from(row) for row in rows.mappings()]

    async def stories_since(self, since: datetime) -> Sequence[Story]:
        """See `CollectStore`."""
        recent = select(STORY.c.id).where(STORY.c.updated_at > since)
        async with reading(self._engine) as connection:
            told = select(ARTICLE).where(ARTICLE.c.story_id.in_(recent), ~_told_before())
            return await stories_of(connection, told)

    async def stories_changed(self) -> datetime | None:
        """See `CollectStore`."""
        newest = select(STORY.c.updated_at).order_by(STORY.c.updated_at.desc()).limit(1)
        async with reading(self._engine) as connection:
            changed: datetime | None = await connection.scalar(newest)
        return changed

    async def save_stories(self, stories: Sequence[Story], *, now: datetime) -> Sequence[Story]:
        """See `CollectStore`."""
        async with writing(self._engine) as connection:
            return [await _save_story(connection, story, now=now) for story in stories]

    async def stories_for(
        self, feed_ids: Sequence[int], *, since: datetime, until: datetime
    ) -> Sequence[Story]:
        """See `BuildStore`."""
        return await self._told.stories_for(feed_ids, since=since, until=until)


async def _feeds(
    connection: AsyncConnection, ids: Iterable[int], *where: ColumnElement[bool]
) -> dict[int, Feed]:
    found: dict[int, Feed] = {}
    for some in in_batches(list(ids)):
        rows = await connection.execute(select(FEED).where(FEED.c.id.in_(some), *where))
        found.update((row["id"], feed_from(row)) for row in rows.mappings())
    return found


async def _pages(connection: AsyncConnection, due: Select[Any]) -> list[PageDue]:
    rows = (await connection.execute(due)).mappings().all()
    feeds = await _feeds(connection, {row["feed_id"] for row in rows})
    return [_page_from(row, feeds[row["feed_id"]]) for row in rows]


def _page_from(row: RowMapping, feed: Feed) -> PageDue:
    entry = Entry(**{name: row[name] for name in Entry.__slots__})
    return PageDue(id=row["id"], feed=feed, entry=entry, attempts=row["attempts"])


async def _read_again(connection: AsyncConnection, page: PageDue, *, at: datetime | None) -> None:
    changed: dict[str, Any] = {"read_at": at, "attempts": page.attempts + 1}
    if at is None:
        changed["content"] = ""  # what the feed told of it has been used, or never will be
    await connection.execute(update(ENTRY).where(ENTRY.c.id == page.id).values(changed))


def _told_before(*where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Say whether another of what is told of the same page came before: for stories they are one."""
    return exists().where(_OTHER.c.url == ARTICLE.c.url, _OTHER.c.id < ARTICLE.c.id, *where)


async def _story_of(connection: AsyncConnection, url: str) -> int | None:
    """Return the story in which a page is told already, in whosever words."""
    told = select(ARTICLE.c.story_id).where(ARTICLE.c.url == url, ARTICLE.c.story_id.is_not(None))
    story_id: int | None = await connection.scalar(told.order_by(ARTICLE.c.id).limit(1))
    return story_id


def _article_row(article: Article, *, feed: Feed, now: datetime) -> dict[str, Any]:
    return {
        "feed_id": feed.id,
        "told_by": feed.id if article.of_feed else None,
        "url": article.url,
        "title": article.title,
        "outlet": article.outlet,
        "text": article.text,
        "language": article.language,
        "author": article.author,
        "published": published_at(article.published, first_seen=now),
        "collected_at": now,
        "facts": facts_data(article),
    }


async def _save_story(connection: AsyncConnection, story: Story, *, now: datetime) -> Story:
    story_id = story.id
    if story_id is None:
        row = {"created_at": now, "updated_at": now}
        story_id = await connection.scalar(insert(STORY).values(row).returning(STORY.c.id))
    else:
        await connection.execute(update(STORY).where(STORY.c.id == story_id).values(updated_at=now))
    ids = [article.id for article in story.articles]
    urls = select(_OTHER.c.url).where(_OTHER.c.id.in_(ids))
    await connection.execute(update(ARTICLE).where(ARTICLE.c.url.in_(urls)).values(story_id=story_id))
    if story.absorbed:  # who was shown one of them has been shown this one
        gone = or_(STORY.c.id.in_(story.absorbed), STORY.c.absorbed_by.in_(story.absorbed))
        await connection.execute(update(STORY).where(gone).values(absorbed_by=story_id))
    return replace(story, id=story_id)
