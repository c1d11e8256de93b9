"""A database of any age becomes one with today's tables. One tree of migrations for both packages."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData
from sqlalchemy.ext.asyncio import AsyncEngine

_FOLDER = Path(__file__).parent / "migrations"


async def migrate(engine: AsyncEngine, metadata: MetaData) -> None:
    """Bring the schema up to date; nothing happens where it is."""
    async with engine.begin() as connection:
        await connection.run_sync(lambda raw: command.upgrade(_config(raw, metadata), "head"))


async def is_current(engine: AsyncEngine) -> bool:
    """Say whether the schema is the one that this code was written for."""
    async with engine.connect() as connection:
        return await connection.run_sync(_is_head)


def is_known(revision: str) -> bool:
    """Say whether this code can bring a schema of that revision up to date."""
    return revision in {script.revision for script in ScriptDirectory(str(_FOLDER)).walk_revisions()}


def is_ours(thing: Any, _name: str | None, kind: str, _reflected: bool, _ours: Any) -> bool:
    """Say to Alembic whether a thing in the database is any of our business: not in another's schema."""
    return kind != "table" or thing.schema is None


def draft(connection: Connection, metadata: MetaData, *, message: str) -> None:
    """Write the next migration from what differs between the tables and the database."""
    command.revision(_config(connection, metadata), message=message, autogenerate=True)


def _is_head(connection: Connection) -> bool:
    wanted = ScriptDirectory(str(_FOLDER)).get_heads()
    return MigrationContext.configure(connection).get_current_heads() == tuple(wanted)


def _config(connection: Connection, metadata: MetaData) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("file_template", "%%(year)d%%(month).2d%%(day).2d_%%(slug)s")
    attributes = {"connection": connection, "metadata": metadata, "include_object": is_ours}
    config.attributes.update(attributes)
    return config
