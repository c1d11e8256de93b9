"""A database becomes one file that can be carried away, and such a file a database again.

Neither ever leaves half a file behind: what is written is written beside, checked, and then put in its place.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from digests.store.migrate import is_known

_SQLITE, _POSTGRES = b"SQLite format 3\0", b"PGDMP"  # how files begin
_SIDE_FILES = ("-wal", "-shm", "-journal")


class CopyFailed(Exception):
    """`str(self)` is what an operator should know, and do."""


def backup(url: str, to: Path, *, force: bool = False) -> None:
    """Write all of the database at `url` into the file `to`; the bot may go on writing meanwhile.

    Raises:
        CopyFailed: `to` exists and `force` was not given, the database is away or broken, a tool is missing.
    """
    parsed = make_url(url)
    with _beside(to, force=force) as partial:
        if parsed.get_backend_name() == "sqlite":
            _copy_sqlite(Path(parsed.database or ""), partial)
        else:
            _run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={partial}"], parsed)
            _run("pg_restore", ["--list", str(partial)], parsed)  # it can be read


def restore(url: str, source: Path, *, force: bool = False) -> None:
    """Make the database at `url` what `source` holds. Nothing may have it open.

    Raises:
        CopyFailed: there is a database already and `force` was not given, something has it open, or `source`
            is no whole backup of this kind of database.
    """
    parsed = make_url(url)
    is_sqlite = parsed.get_backend_name() == "sqlite"
    _check_kind(source, _SQLITE if is_sqlite else _POSTGRES)
    if is_sqlite:
        _restore_sqlite(source, Path(parsed.database or ""), force=force)
    else:
        _check_revision(source, _revision_in_dump(source, parsed))
        clean = ["--clean", "--if-exists"] if force else []
        whole = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
        _run("pg_restore", [*clean, *whole, f"--dbname={parsed.database}", str(source)], parsed)


@contextmanager
def _beside(target: Path, *, force: bool) -> Iterator[Path]:
    """Give a path to write; what stands there in the end is put at `target` in one step."""
    if target.exists() and not force:
        raise CopyFailed(f"{target} exists. Choose another name, or give --force to replace it.")
    partial = target.with_name(f"{target.name}.partial")
    try:
        os.close(os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))  # it names people's chats
        yield partial
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.replace(target)
    except OSError as error:
        raise CopyFailed(f"{error.filename or target}: {error.strerror}") from error
    finally:
        partial.unlink(missing_ok=True)
        for ending in _SIDE_FILES:
            partial.with_name(partial.name + ending).unlink(missing_ok=True)


def _copy_sqlite(source: Path, to: Path) -> None:
    """Copy one state of a database, whoever writes to it, and check the copy."""
    if not source.is_file():
        raise CopyFailed(f"There is no database at {source}. Check DATABASE_URL.")
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as original,
            closing(sqlite3.connect(to)) as copy,
        ):
            original.backup(copy)  # all pages in one step: a writer can't make it begin anew
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
            found = [row[0] for row in copy.execute("PRAGMA integrity_check(5)")]
    except sqlite3.Error as error:
        raise CopyFailed(f"{source}: {error}") from error
    if found != ["ok"]:
        raise CopyFailed(f"{source} is damaged: {found[0]}")


def _restore_sqlite(source: Path, target: Path, *, force: bool) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with _beside(target, force=force) as partial:
        _copy_sqlite(source, partial)
        _check_revision(source, _revision_in_file(partial))
        if target.exists():
            _close_for_good(target)
        for ending in _SIDE_FILES:  # of the database before: its log would be played into the new one
            target.with_name(target.name + ending).unlink(missing_ok=True)


def _close_for_good(database: Path) -> None:
    """Make sure that nobody has a database open.

    Raises:
        CopyFailed: somebody has.
    """
    try:
        with closing(sqlite3.connect(database, timeout=0)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")  # refused while anyone else is connected
    except sqlite3.OperationalError as error:
        raise CopyFailed(f"{database} is in use ({error}). Stop the bot first.") from error
    except sqlite3.DatabaseError:
        pass  # it is damaged, which may be why it is to be replaced


def _check_kind(source: Path, wanted: bytes) -> None:
    try:
        with source.open("rb") as file:
            begins = file.read(len(_SQLITE))
    except OSError as error:
        raise CopyFailed(f"{source}: {error.strerror}") from error
    if not begins.startswith(wanted):
        kinds = {_SQLITE: "SQLite", _POSTGRES: "PostgreSQL"}
        given = next((name for mark, name in kinds.items() if begins.startswith(mark)), "no database")
        raise CopyFailed(f"{source} is a backup of {given}, not of {kinds[wanted]}. Check DATABASE_URL.")


def _check_revision(source: Path, revision: str | None) -> None:
    if revision is None:
        raise CopyFailed(f"{source} is no backup of Pullquote.")
    if not is_known(revision):
        raise CopyFailed(f"{source} is of a newer release of Pullquote. Upgrade first.")


def _revision_in_file(database: Path) -> str | None:
    with closing(sqlite3.connect(database)) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError:
            return None
    return str(row[0]) if row else None


def _revision_in_dump(dump: Path, url: URL) -> str | None:
    wanted = ["--data-only", "--table=alembic_version", "--file=-", str(dump)]
    lines = _run("pg_restore", wanted, url).splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("COPY ")]
    return lines[starts[0] + 1] if starts else None


def _run(tool: str, arguments: Sequence[str], url: URL) -> str:
    """Return what a tool of PostgreSQL's printed."""
    path = shutil.which(tool)
    if path is None:
        raise CopyFailed(f"{tool} is not on PATH. Install PostgreSQL's client (Debian: postgresql-client).")
    environment = {**os.environ, **_environment(url)}
    done = subprocess.run(  # noqa: S603  # no shell, and nothing of a stranger's
        [path, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise CopyFailed(f"{tool}: {said[0].removeprefix(f'{tool}: ')}")
    return done.stdout


def _environment(url: URL) -> Mapping[str, str]:
    """Return how libpq finds the server: in the environment, as arguments are seen by everybody."""
    given = {
        "PGHOST": url.host,
        "PGPORT": url.port and str(url.port),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": url.query.get("ssl"),
    }
    return {name: str(value) for name, value in given.items() if value}
