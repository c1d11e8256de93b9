"""The database that the settings name becomes an engine for a command."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import migrate_database, prepare
from bot.errors import CommandFailed, Misconfigured
from bot.store.schema import is_up_to_date
from bot.store.status import complaint
from config.settings import Settings
from digests.store.engine import engine_of


@asynccontextmanager
async def opened_database(settings: Settings, *, make: bool = False) -> AsyncIterator[AsyncEngine]:
    """Give the engine of a database that is there, and has the tables of this release.

    With `make`, SQLite's file is made or brought up to date first, as at the bot's own start.

    Raises:
        Misconfigured: it is not, or it has others.
        CommandFailed: it does not answer.
    """
    path = database_file(settings)
    if path is not None and not path.exists() and not make:
        raise Misconfigured(
            f"There is no database at {path}. Check DATABASE_URL, or make it: pullquote migrate"
        )
    with _answering():
        engine = engine_of(settings.database.database_url)
        try:
            if make:
                await prepare(engine, is_sqlite=settings.database.is_sqlite)
            elif not await is_up_to_date(engine):
                raise Misconfigured("The database's tables are of another release. Run: pullquote migrate")
            yield engine
        finally:
            await engine.dispose()


async def check_database(settings: Settings) -> None:
    """Make sure, before the bot starts, that there is a database for it.

    Raises:
        Misconfigured, CommandFailed: see `opened_database`.
    """
    async with opened_database(settings, make=True):
        pass


async def bring_up_to_date(settings: Settings) -> None:
    """Give the database the tables of this release.

    Raises:
        CommandFailed: it does not answer.
    """
    with _answering():
        await migrate_database(settings)


async def has_tables(settings: Settings) -> bool:
    """Say whether there is anything that a backup would replace.

    Raises:
        CommandFailed: the database does not answer.
    """
    path = database_file(settings)
    if path is not None:
        return path.exists()
    engine = engine_of(settings.database.database_url)
    with _answering():
        try:
            async with engine.connect() as connection:
                return bool(await connection.run_sync(lambda raw: inspect(raw).get_table_names()))
        finally:
            await engine.dispose()


def database_file(settings: Settings) -> Path | None:
    """Return where SQLite keeps its file; None for a server."""
    name = make_url(settings.database.database_url).database
    return Path(name) if settings.database.is_sqlite and name else None


def reason(error: BaseException) -> str:
    """Return in one line why a database does not answer, without the number that the system has for it."""
    return re.sub(r"^\[Errno -?\d+\] ", "", complaint(error))


@contextmanager
def _answering() -> Iterator[None]:
    """Tell in one line of a database that does not answer."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        said = f"The database does not answer ({reason(error)})"
        raise CommandFailed(f"{said}. Check DATABASE_URL, and whether the database is up.") from error
