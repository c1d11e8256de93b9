"""Databases become files and databases again; nothing is lost on the way, whatever goes wrong."""

import sqlite3
from contextlib import closing

import pytest

from digests.store import copies
from digests.store.copies import CopyFailed, backup, restore


def url(path):
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture
def database(tmp_path, migrated_file):
    path = tmp_path / "live.db"
    path.write_bytes(migrated_file.read_bytes())
    add_story(path)
    return path


def add_story(path):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO story (created_at, updated_at) VALUES ('2026-11-26', '2026-11-26')")


def stories(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT count(*) FROM story").fetchone()[0]


def test_backup_taken_while_someone_writes_is_whole(database, tmp_path):
    with closing(sqlite3.connect(database, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM story")

        backup(url(database), tmp_path / "copy.bak")

        writer.execute("ROLLBACK")

    assert stories(tmp_path / "copy.bak") == 1
    assert not list(tmp_path.glob("copy.bak?*"))


def test_backup_can_be_read_by_its_owner_alone(database, tmp_path):
    backup(url(database), tmp_path / "copy.bak")

    assert (tmp_path / "copy.bak").stat().st_mode & 0o777 == 0o600


def test_backup_replaces_a_file_only_when_told_to(database, tmp_path):
    target = tmp_path / "copy.bak"
    target.write_text("precious")

    with pytest.raises(CopyFailed, match="--force"):
        backup(url(database), target)
    assert target.read_text() == "precious"

    backup(url(database), target, force=True)
    assert stories(target) == 1


def test_backup_of_a_damaged_database_leaves_no_file(database, tmp_path):
    data = bytearray(database.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    database.write_bytes(data)

    with pytest.raises(CopyFailed):
        backup(url(database), tmp_path / "copy.bak")

    assert not list(tmp_path.glob("copy.bak*"))


def test_backup_of_nothing_makes_nothing(tmp_path):
    with pytest.raises(CopyFailed, match="no database"):
        backup(url(tmp_path / "none.db"), tmp_path / "copy.bak")

    assert list(tmp_path.iterdir()) == []


def test_backup_comes_back_elsewhere(database, tmp_path):
    backup(url(database), tmp_path / "copy.bak")

    restore(url(tmp_path / "new" / "live.db"), tmp_path / "copy.bak")

    assert stories(tmp_path / "new" / "live.db") == 1


def test_restore_takes_the_place_of_a_database_and_its_log(database, tmp_path):
    backup(url(database), tmp_path / "copy.bak")
    add_story(database)
    (tmp_path / "live.db-wal").write_bytes(b"of the database before")

    restore(url(database), tmp_path / "copy.bak", force=True)

    assert stories(database) == 1
    assert not (tmp_path / "live.db-wal").exists()


def test_restore_leaves_a_database_in_use_alone(database, tmp_path):
    backup(url(database), tmp_path / "copy.bak")
    add_story(database)
    with closing(sqlite3.connect(database)) as bot:
        bot.execute("PRAGMA journal_mode=WAL")
        bot.execute("SELECT count(*) FROM story").fetchone()

        with pytest.raises(CopyFailed, match="Stop the bot"):
            restore(url(database), tmp_path / "copy.bak", force=True)

    assert stories(database) == 2


def test_restore_replaces_a_damaged_database(database, tmp_path):
    backup(url(database), tmp_path / "copy.bak")
    database.write_bytes(b"no database any more" * 500)

    restore(url(database), tmp_path / "copy.bak", force=True)

    assert stories(database) == 1


def test_backup_of_a_newer_release_replaces_nothing(database, tmp_path):
    backup(url(database), tmp_path / "copy.bak")
    with closing(sqlite3.connect(tmp_path / "copy.bak")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'of tomorrow'")
    add_story(database)

    with pytest.raises(CopyFailed, match="newer release"):
        restore(url(database), tmp_path / "copy.bak", force=True)

    assert stories(database) == 2


@pytest.mark.parametrize(("content", "said"), [(b"words", "no database"), (b"PGDMP", "of PostgreSQL")])
def test_file_of_another_kind_is_refused(tmp_path, content, said):
    (tmp_path / "copy.bak").write_bytes(content)

    with pytest.raises(CopyFailed, match=said):
        restore(url(tmp_path / "live.db"), tmp_path / "copy.bak")

    assert not (tmp_path / "live.db").exists()


def test_database_of_somebody_else_is_refused(tmp_path):
    with closing(sqlite3.connect(tmp_path / "copy.bak")) as connection:
        connection.execute("CREATE TABLE other (id)")

    with pytest.raises(CopyFailed, match="no backup of Pullquote"):
        restore(url(tmp_path / "live.db"), tmp_path / "copy.bak")


def test_missing_tool_of_postgresql_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(copies.shutil, "which", lambda name: None)

    with pytest.raises(CopyFailed, match=r"pg_dump is not on PATH\. Install"):
        backup("postgresql+asyncpg://somebody:secret@127.0.0.1/none", tmp_path / "copy.bak")


@pytest.mark.postgres
def test_backup_of_postgresql_comes_back(migrated_postgres, postgres_url, tmp_path):
    backup(migrated_postgres, tmp_path / "copy.bak")

    restore(postgres_url, tmp_path / "copy.bak")
    restore(postgres_url, tmp_path / "copy.bak", force=True)

    with pytest.raises(CopyFailed, match="already exists"):
        restore(postgres_url, tmp_path / "copy.bak")
