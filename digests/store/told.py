"""Stored articles become the stories that some feeds tell; one read for a reader is there for others."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from weakref import WeakValueDictionary

from sqlalchemy import ColumnElement, RowMapping, Select, case, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from digests.form import facts_from
from digests.model import Article, Story
from digests.store.engine import reading
from digests.store.rows import ARTICLE, CARRIES, FEED, STORY

_AT_ONCE = 500  # articles of one query: SQLite takes a limited number of parameters


class ToldStories:
    """See `BuildStore`. An article does not change while it is told of: read once, it serves all readers."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._articles: WeakValueDictionary[int, Article] = WeakValueDictionary()

    async def stories_for(
        self, feed_ids: Sequence[int], *, since: datetime, until: datetime
    ) -> Sequence[Story]:
        """See `BuildStore`."""
        mine = exists().where(CARRIES.c.article_id == ARTICLE.c.id, CARRIES.c.feed_id.in_(feed_ids))
        fresh = select(ARTICLE.c.story_id).where(
            ARTICLE.c.collected_at > since, ARTICLE.c.collected_at <= until, mine
        )
        told = select(ARTICLE.c.id, ARTICLE.c.story_id, _outlet_among(feed_ids).label("outlet"))
        async with reading(self._engine) as connection:
            rows = (await connection.execute(told.where(ARTICLE.c.story_id.in_(fresh), mine))).all()
            articles = await self._read(connection, [row.id for row in rows])
            members: dict[int, list[Article]] = defaultdict(list)
            for row in rows:
                article = articles[row.id]
                named = article if article.outlet == row.outlet else replace(article, outlet=row.outlet)
                members[row.story_id].append(named)
            return await _stories(connection, members)

    async def _read(self, connection: AsyncConnection, ids: Sequence[int]) -> dict[int, Article]:
        found = {one: article for one in ids if (article := self._articles.get(one)) is not None}
        missing = [one for one in ids if one not in found]
        for start in range(0, len(missing), _AT_ONCE):
            some = select(ARTICLE).where(ARTICLE.c.id.in_(missing[start : start + _AT_ONCE]))
            for row in (await connection.execute(some)).mappings():
                article = article_from(row)
                found[row["id"]] = self._articles[row["id"]] = article
        return found


async def stories_of(connection: AsyncConnection, articles: Select[Any]) -> list[Story]:
    """Return the stories of the articles selected, with what they have absorbed."""
    members: dict[int, list[Article]] = defaultdict(list)
    for row in (await connection.execute(articles)).mappings():
        members[row["story_id"]].append(article_from(row))
    return await _stories(connection, members)


def article_from(row: RowMapping) -> Article:
    """Return the noun of a row of the table of articles."""
    names = ("url", "title", "text", "outlet", "id", "feed_id", "language", "published", "author")
    facts = facts_from(row["facts"]) if row["text"] else ()  # words whose text is forgotten prove nothing
    return Article(**{name: row[name] for name in names}, facts=facts, collected=row["collected_at"])


async def _stories(connection: AsyncConnection, members: dict[int, list[Article]]) -> list[Story]:
    absorbed: dict[int, list[int]] = defaultdict(list)
    gone = select(STORY.c.id, STORY.c.absorbed_by).where(STORY.c.absorbed_by.is_not(None))
    for story_id, by in await connection.execute(gone.order_by(STORY.c.id)):
        absorbed[by].append(story_id)
    return [
        Story(tuple(sorted(articles, key=_age)), story_id, absorbed=tuple(absorbed[story_id]))
        for story_id, articles in sorted(members.items())
    ]


def _outlet_among(feed_ids: Iterable[int]) -> ColumnElement[str]:
    """Return an article's outlet as one of these feeds calls it: another's name may be nobody's business."""
    ids = list(feed_ids)
    carrying = select(FEED.c.title).join(CARRIES, CARRIES.c.feed_id == FEED.c.id)
    mine = carrying.where(CARRIES.c.article_id == ARTICLE.c.id, FEED.c.id.in_(ids))
    first = mine.order_by(FEED.c.id).limit(1).scalar_subquery()
    return case((ARTICLE.c.feed_id.in_(ids), ARTICLE.c.outlet), else_=first)


def _age(article: Article) -> tuple[datetime | None, int | None]:
    return article.published, article.id
