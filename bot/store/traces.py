"""See `bot.ports.Traces`: what is stored of an article that somebody asks about, in their own feeds alone."""

from collections.abc import Iterable, Sequence

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.model import Found
from digests.model import Feed
from digests.store.engine import reading
from digests.store.rows import ARTICLE, CARRIES, ENTRY, FEED, STORY
from digests.text import fold, words_of

_RECENT = 5000  # entries, and articles, that are looked at, the newest first


class SqlTraces:
    """See `Traces`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def __call__(self, feeds: Sequence[Feed], asked: str, *, limit: int) -> Sequence[Found]:
        """See `Traces`."""
        ids = [feed.id for feed in feeds]
        async with reading(self._engine) as connection:
            articles = await _articles(connection, ids)
            entries = await _entries(connection, ids)
            read = {fold(one["title"]) for one in articles} | {_bare(one["url"]) for one in articles}
            unread = [e for e in entries if not {fold(e["title"]), _bare(e["url"])} & read]
            found = [*_meant(articles, asked), *_meant(unread, asked)][:limit]
            return [await _found(connection, row) for row in found]


async def _articles(connection: AsyncConnection, ids: Sequence[int]) -> Sequence[RowMapping]:
    told = (
        select(CARRIES.c.title, CARRIES.c.carried_at, FEED.c.title.label("outlet"))
        .add_columns(ARTICLE.c.url, ARTICLE.c.story_id)
        .join(ARTICLE, ARTICLE.c.id == CARRIES.c.article_id)
        .join(FEED, FEED.c.id == CARRIES.c.feed_id)
        .where(CARRIES.c.feed_id.in_(ids))
    )
    newest = told.order_by(CARRIES.c.carried_at.desc()).limit(_RECENT)
    return (await connection.execute(newest)).mappings().all()


async def _entries(connection: AsyncConnection, ids: Sequence[int]) -> Sequence[RowMapping]:
    seen = (
        select(ENTRY.c.title, ENTRY.c.url, ENTRY.c.read_at, ENTRY.c.attempts, FEED.c.title.label("outlet"))
        .join(FEED, FEED.c.id == ENTRY.c.feed_id)
        .where(ENTRY.c.feed_id.in_(ids))
    )
    return (await connection.execute(seen.order_by(ENTRY.c.id.desc()).limit(_RECENT))).mappings().all()


def _meant(rows: Iterable[RowMapping], asked: str) -> list[RowMapping]:
    """Return the rows at the URL that was asked for, or whose titles have all the words, each page once."""
    if "://" in asked or asked.startswith("www."):
        rows = [row for row in rows if _bare(row["url"]) == _bare(asked)]
    else:
        wanted = set(_words(asked))
        rows = [row for row in rows if wanted and wanted <= set(_words(row["title"]))]
    return list({row["url"]: row for row in reversed(rows)}.values())[::-1]


def _words(text: str) -> list[str]:
    return [word for word in words_of(fold(text)).texts if word[:1].isalnum()]


def _bare(url: str) -> str:
    """Return a URL as people compare them: without scheme, "www." and a slash at its end."""
    return url.partition("#")[0].partition("://")[2].removeprefix("www.").rstrip("/") or url


async def _found(connection: AsyncConnection, row: RowMapping) -> Found:
    names = {"title": row["title"], "url": row["url"], "outlet": row["outlet"]}
    if "carried_at" not in row:
        is_due = row["read_at"] is not None
        return Found(**names, is_untried=is_due and not row["attempts"], is_given_up=not is_due)
    gone = select(STORY.c.id).where(STORY.c.absorbed_by == row["story_id"])
    absorbed = tuple(await connection.scalars(gone)) if row["story_id"] is not None else ()
    stories = () if row["story_id"] is None else (row["story_id"], *absorbed)
    return Found(**names, stories=stories, collected=row["carried_at"])
