"""Stored articles become the stories that some feeds tell; one read for a reader is there for others."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple
from weakref import WeakValueDictionary

from sqlalchemy import RowMapping, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from digests.form import facts_from
from digests.model import Article, Story
from digests.store.engine import reading
from digests.store.rows import ARTICLE, CARRIES, FEED, STORY

_TOLD = (
    select(ARTICLE.c.id, ARTICLE.c.story_id, ARTICLE.c.url, ARTICLE.c.told_by, FEED.c.title.label("outlet"))
    .add_columns(
        CARRIES.c.title, CARRIES.c.author, CARRIES.c.published, CARRIES.c.carried_at.label("collected")
    )
    .join(CARRIES, CARRIES.c.article_id == ARTICLE.c.id)
    .join(FEED, FEED.c.id == CARRIES.c.feed_id)
)
_AT_ONCE = 500  # articles of one query: SQLite takes a limited number of parameters


class _Told(NamedTuple):
    """What a feed says of an article: a row of `_TOLD`, made cheap to look at."""

    id: int
    story_id: int
    url: str
    told_by: int | None
    outlet: str
    title: str
    author: str | None
    published: datetime
    collected: datetime


class ToldStories:
    """See `BuildStore`. An article does not change while it is told of: read once, it serves all readers."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._articles: WeakValueDictionary[int, Article] = WeakValueDictionary()

    async def stories_for(
        self, feed_ids: Sequence[int], *, since: datetime, until: datetime
    ) -> Sequence[Story]:
        """See `BuildStore`."""
        mine = CARRIES.c.feed_id.in_(feed_ids)
        fresh = select(ARTICLE.c.story_id).join(CARRIES, CARRIES.c.article_id == ARTICLE.c.id)
        fresh = fresh.where(mine, CARRIES.c.carried_at > since, CARRIES.c.carried_at <= until)
        told = _TOLD.where(mine, ARTICLE.c.story_id.in_(fresh)).order_by(CARRIES.c.carried_at, FEED.c.id)
        async with reading(self._engine) as connection:
            rows = _one_each(map(_Told._make, await connection.execute(told)))
            articles = await self._read(connection, [row.id for row in rows])
            members: dict[int, list[Article]] = defaultdict(list)
            for row in rows:
                members[row.story_id].append(_as_told(articles[row.id], row))
            return await _stories(connection, _since(members, since, until))

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
    is_own = row["told_by"] is not None
    told = {name: row[name] for name in names}
    return Article(**told, facts=facts, collected=row["collected_at"], of_feed=is_own)


async def _stories(connection: AsyncConnection, members: dict[int, list[Article]]) -> list[Story]:
    absorbed: dict[int, list[int]] = defaultdict(list)
    gone = select(STORY.c.id, STORY.c.absorbed_by).where(STORY.c.absorbed_by.is_not(None))
    for story_id, by in await connection.execute(gone.order_by(STORY.c.id)):
        absorbed[by].append(story_id)
    return [
        Story(tuple(sorted(articles, key=_age)), story_id, absorbed=tuple(absorbed[story_id]))
        for story_id, articles in sorted(members.items())
    ]


def _one_each(rows: Iterable[_Told]) -> Sequence[_Told]:
    """Return of each page what its first feed says of it: the page's own words before a feed's."""
    chosen: dict[str, _Told] = {}
    for row in rows:
        known = chosen.setdefault(row.url, row)
        if known.told_by and not row.told_by:
            chosen[row.url] = row._replace(collected=known.collected)
    return tuple(chosen.values())


def _as_told(article: Article, row: _Told) -> Article:
    """Return an article under the name, title and date that a reader's feed gives it.

    What another feed says of the same page may be nobody else's business.
    """
    known = (article.outlet, article.title, article.author, article.published, article.collected)
    if known == row[4:]:
        return article
    return replace(
        article,
        outlet=row.outlet,
        title=row.title,
        author=row.author,
        published=row.published,
        collected=row.collected,
    )


def _since(members: dict[int, list[Article]], since: datetime, until: datetime) -> dict[int, list[Article]]:
    """Return the stories with something new: that a second feed carries an article too is no news."""
    return {
        story_id: articles
        for story_id, articles in members.items()
        if any(one.collected and since < one.collected <= until for one in articles)
    }


def _age(article: Article) -> tuple[datetime | None, int | None]:
    return article.published, article.id
