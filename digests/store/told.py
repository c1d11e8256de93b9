"""Stored articles become the stories that some feeds tell; one read for a reader is there for others."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from weakref import WeakValueDictionary

from sqlalchemy import RowMapping, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from digests.form import facts_from
from digests.model import Article, Story
from digests.store.engine import reading
from digests.store.rows import ARTICLE, CARRIES, FEED, STORY

_CARRIED = select(ARTICLE.c.id, ARTICLE.c.story_id, CARRIES.c.feed_id).join(
    CARRIES, CARRIES.c.article_id == ARTICLE.c.id
)
_TOLD = select(
    CARRIES.c.article_id,
    CARRIES.c.feed_id,
    FEED.c.title.label("outlet"),
    CARRIES.c.title,
    CARRIES.c.author,
    CARRIES.c.published,
    CARRIES.c.carried_at.label("collected"),
).join(FEED, FEED.c.id == CARRIES.c.feed_id)
_AT_ONCE = 500  # articles of one query: SQLite takes a limited number of parameters

_Carried = tuple[int, int]  # an article and a feed that carries it, by id
_Tellings = dict[_Carried, Article]


class ToldStories:
    """See `BuildStore`. An article does not change while it is told of: read once, it serves all readers."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._articles: WeakValueDictionary[int, Article] = WeakValueDictionary()
        self._told: WeakValueDictionary[_Carried, Article] = WeakValueDictionary()

    async def stories_for(
        self, feed_ids: Sequence[int], *, since: datetime, until: datetime
    ) -> Sequence[Story]:
        """See `BuildStore`."""
        mine = CARRIES.c.feed_id.in_(feed_ids)
        fresh = select(ARTICLE.c.story_id).join(CARRIES, CARRIES.c.article_id == ARTICLE.c.id)
        fresh = fresh.where(mine, CARRIES.c.carried_at > since, CARRIES.c.carried_at <= until)
        carried = _CARRIED.where(mine, ARTICLE.c.story_id.in_(fresh))
        async with reading(self._engine) as connection:
            rows = await connection.execute(carried.order_by(CARRIES.c.carried_at, CARRIES.c.feed_id))
            story_of = {(article, feed): story for article, story, feed in rows}
            told = await self._as_told(connection, list(story_of))
            members: dict[int, list[Article]] = defaultdict(list)
            for pair, article in _one_each((pair, told[pair]) for pair in story_of if pair in told):
                members[story_of[pair]].append(article)
            return await _stories(connection, _since(members, since, until))

    async def _as_told(self, connection: AsyncConnection, pairs: Sequence[_Carried]) -> _Tellings:
        """Return articles as feeds tell them; those that are gone by now are not there."""
        found = {pair: article for pair in pairs if (article := self._told.get(pair)) is not None}
        missing = [pair for pair in pairs if pair not in found]
        for start in range(0, len(missing), _AT_ONCE):
            some = missing[start : start + _AT_ONCE]
            ids, feeds = {article for article, _ in some}, {feed for _, feed in some}
            articles = await self._read(connection, list(ids))
            told = _TOLD.where(CARRIES.c.article_id.in_(ids), CARRIES.c.feed_id.in_(feeds))
            for row in (await connection.execute(told)).mappings():
                if (article := articles.get(row["article_id"])) is not None:
                    pair = row["article_id"], row["feed_id"]
                    found[pair] = self._told[pair] = _as_told(article, row)
        return found

    async def _read(self, connection: AsyncConnection, ids: Sequence[int]) -> dict[int, Article]:
        found = {one: article for one in ids if (article := self._articles.get(one)) is not None}
        missing = [one for one in ids if one not in found]
        if missing:
            rows = await connection.execute(select(ARTICLE).where(ARTICLE.c.id.in_(missing)))
            for row in rows.mappings():
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


def _one_each(told: Iterable[tuple[_Carried, Article]]) -> Iterable[tuple[_Carried, Article]]:
    """Return of each page what its first feed says of it: the page's own words before a feed's."""
    chosen: dict[str, tuple[_Carried, Article]] = {}
    for pair, article in told:
        _, known = chosen.setdefault(article.url, (pair, article))
        if known.of_feed and not article.of_feed:
            chosen[article.url] = pair, replace(article, collected=known.collected)
    return chosen.values()


def _as_told(article: Article, row: RowMapping) -> Article:
    """Return an article under the name, title and date that a reader's feed gives it.

    What another feed says of the same page may be nobody else's business.
    """
    names = ("outlet", "title", "author", "published", "collected")
    told = {name: row[name] for name in names}
    if all(getattr(article, name) == value for name, value in told.items()):
        return article
    return replace(article, **told)


def _since(members: dict[int, list[Article]], since: datetime, until: datetime) -> dict[int, list[Article]]:
    """Return the stories with something new: that a second feed carries an article too is no news."""
    return {
        story_id: articles
        for story_id, articles in members.items()
        if any(one.collected and since < one.collected <= until for one in articles)
    }


def _age(article: Article) -> tuple[datetime | None, int | None]:
    return article.published, article.id
