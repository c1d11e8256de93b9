"""The database that the settings name becomes an engine for a command."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import prepare
from bot.errors import CommandFailed, Misconfigured
from bot.store.status import complaint
from config.settings import Settings
from digests.store.engine import engine_of
from digests.store.migrate import is_current


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
    engine = engine_of(settings.database.database_url)
    try:
        if make:
            await prepare(engine, is_sqlite=settings.database.is_sqlite)
        elif not await is_current(engine):
            raise Misconfigured("The database's tables are of another release. Run: pullquote migrate")
        yield engine
    except (SQLAlchemyError, OSError) as error:
        raise CommandFailed(f"The database does not answer: {complaint(error)}") from error
    finally:
        await engine.dispose()


async def has_tables(settings: Settings) -> bool:
    """Say whether there is anything that a backup would replace.

    Raises:
        CommandFailed: the database does not answer.
    """
    path = database_file(settings)
    if path is not None:
        return path.exists()
    engine = engine_of(settings.database.database_url)
    try:
        async with engine.connect() as connection:
            return bool(await connection.run_sync(lambda raw: inspect(raw).get_table_names()))
    except (SQLAlchemyError, OSError) as error:
        raise CommandFailed(f"The database does not answer: {complaint(error)}") from error
    finally:
        await engine.dispose()


def database_file(settings: Settings) -> Path | None:
    """Return where SQLite keeps its file; None for a server."""
    name = make_url(settings.database.database_url).database
    return Path(name) if settings.database.is_sqlite and name else None
