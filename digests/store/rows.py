"""Row classes become tables for SQLAlchemy Core, and rows of feeds become feeds."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping, Table
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.model import Feed, FeedState
from digests.store.tables import ArticleRow, EntryKeyRow, EntryRow, FeedArticleRow, FeedRow, StoryRow


def table_of(row: type[Any]) -> Table:
    """Return the table behind a row class, for SQLAlchemy Core."""
    table: Table = row.__table__
    return table


FEED, ENTRY, KEY = table_of(FeedRow), table_of(EntryRow), table_of(EntryKeyRow)
ARTICLE, CARRIES, STORY = table_of(ArticleRow), table_of(FeedArticleRow), table_of(StoryRow)


def insert_new(
    connection: AsyncConnection, table: Table, row: Any = None, *, unique: Sequence[str] = ()
) -> Any:
    """Return an insert that leaves alone what is there already: by `unique`, or by any rule of the table.

    Of `row` (one or several), or, without, of the rows that it is executed with.
    """
    dialect = postgres_insert if connection.dialect.name == "postgresql" else sqlite_insert
    inserted = dialect(table) if row is None else dialect(table).values(row)
    return inserted.on_conflict_do_nothing(index_elements=unique or None)


def feed_from(row: RowMapping) -> Feed:
    """Return the noun of a row of the table of feeds."""
    fields = {name: row[name] for name in Feed.__slots__}
    return Feed(**{**fields, "state": FeedState(row["state"])})
