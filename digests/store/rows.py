"""Row classes become tables for SQLAlchemy Core, and rows of feeds become feeds."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, Table
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from digests.model import Feed, FeedState
from digests.store.tables import (
    ArticleRow,
    EntryKeyRow,
    EntryRow,
    FeedArticleRow,
    FeedRow,
    HostRow,
    StoryRow,
)

T = TypeVar("T")
_AT_ONCE = 500


def table_of(row: type[Any]) -> Table:
    """Return the table behind a row class, for SQLAlchemy Core."""
    table: Table = row.__table__
    return table


FEED, ENTRY, KEY, HOST = table_of(FeedRow), table_of(EntryRow), table_of(EntryKeyRow), table_of(HostRow)
ARTICLE, CARRIES, STORY = table_of(ArticleRow), table_of(FeedArticleRow), table_of(StoryRow)


def insert_of(connection: AsyncConnection | Connection, table: Table) -> Any:
    """Return the database's own insert, which knows what to do about what is there already."""
    return postgres_insert(table) if connection.dialect.name == "postgresql" else sqlite_insert(table)


def insert_new(
    connection: AsyncConnection | Connection, table: Table, row: Any = None, *, unique: Sequence[str] = ()
) -> Any:
    """Return an insert that leaves alone what is there already: by `unique`, or by any rule of the table.

    Of `row` (one or several), or, without, of the rows that it is executed with.
    """
    inserted = insert_of(connection, table)
    inserted = inserted if row is None else inserted.values(row)
    return inserted.on_conflict_do_nothing(index_elements=unique or None)


def feed_from(row: RowMapping) -> Feed:
    """Return the noun of a row of the table of feeds."""
    fields = {name: row[name] for name in Feed.__slots__}
    return Feed(**{**fields, "state": FeedState(row["state"])})


def in_batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield the values so many at a time as one statement takes: databases limit its parameters."""
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))
