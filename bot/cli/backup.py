"""All that must not be lost goes into one file, and comes out of it again."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.app import migrate_database
from bot.cli.database import has_tables, opened_database
from bot.cli.files import check_file
from bot.errors import CommandFailed
from bot.store.restored import settle
from bot.store.status import complaint
from config.settings import Settings
from digests.store.copies import CopyFailed, backup, restore


def write_backup(settings: Settings, file: Path, *, force: bool) -> int:
    """Copy the database into `file`; return the exit code.

    Raises:
        CommandFailed: nothing was written.
    """
    try:
        backup(settings.database.database_url, file, force=force)
    except CopyFailed as error:
        raise CommandFailed(str(error)) from error
    print(f"Saved: {file} ({file.stat().st_size:,} bytes, checked).")
    return 0


async def read_backup(settings: Settings, file: Path, *, force: bool, now: datetime) -> int:
    """Make the database what `file` holds, ready for the bot to go on; return the exit code.

    Raises:
        CommandFailed: the database is as it was.
    """
    check_file(file)
    if not force and await has_tables(settings):
        raise CommandFailed("There is a database already. Give --force to replace it by the backup.")
    try:
        restore(settings.database.database_url, file, force=force)
        await migrate_database(settings)
    except CopyFailed as error:
        raise CommandFailed(str(error)) from error
    except (SQLAlchemyError, OSError) as error:
        raise CommandFailed(f"The restored database can't be used: {complaint(error)}") from error
    async with opened_database(settings) as engine:
        await settle(engine, now=now)
    print("Restored. Digests on their way in the backup may come again, marked as a possible repeat.")
    return 0
