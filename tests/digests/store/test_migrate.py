"""Migrations make the tables that the code was written for."""

import asyncio
from datetime import timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.store.subscriptions import SqlSubscriptions
from bot.store.tables import SubscriptionRow
from digests.store.engine import engine_of, reading, writing
from digests.store.migrate import is_current, migrate
from tests.fakes import NOON, ROOM

METADATA = SubscriptionRow.metadata


async def test_new_database_is_not_current_before_it_is_migrated(empty):
    before = await is_current(empty)

    await migrate(empty, METADATA)

    assert (before, await is_current(empty)) == (False, True)


async def test_migrating_again_changes_nothing_and_keeps_what_is_there(engine):
    subscriptions = SqlSubscriptions(engine)
    made = await subscriptions.add(
        ROOM, zone="UTC", timetable="08:00", shown_until=NOON, next_due_at=None, now=NOON
    )

    await migrate(engine, METADATA)

    assert await subscriptions.at(ROOM) == made
    assert await is_current(engine)


async def test_migrations_make_exactly_the_tables_of_the_code(engine):
    async with engine.connect() as connection:
        difference = await connection.run_sync(
            lambda raw: compare_metadata(
                MigrationContext.configure(raw, opts={"compare_type": True}), METADATA
            )
        )

    assert difference == []


async def test_moment_comes_back_in_utc_whatever_zone_it_was_given_in(engine):
    there = timezone(timedelta(hours=5, minutes=30))
    subscriptions = SqlSubscriptions(engine)

    await subscriptions.add(
        ROOM, zone="UTC", timetable="08:00", shown_until=NOON.astimezone(there), next_due_at=None, now=NOON
    )

    found = (await subscriptions.at(ROOM)).shown_until
    assert found == NOON
    assert found.utcoffset() == timedelta(0)


async def test_row_that_points_nowhere_is_refused(engine):
    async def follow_nothing() -> None:
        async with writing(engine) as connection:
            await connection.execute(
                text("INSERT INTO follow (subscription_id, feed_id, added_at) VALUES (9, 9, '2026-11-26')")
            )

    with pytest.raises(IntegrityError):
        await follow_nothing()


async def test_transaction_that_fails_leaves_nothing(engine):
    async def fail_halfway() -> None:
        async with writing(engine) as connection:
            await connection.execute(
                text("INSERT INTO story (created_at, updated_at) VALUES ('2026-11-26', '2026-11-26')")
            )
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail_halfway()

    async with reading(engine) as connection:
        assert await connection.scalar(text("SELECT count(*) FROM story")) == 0


async def test_writers_at_once_wait_for_each_other(engine):
    async def count_up() -> None:
        async with writing(engine) as connection:
            lock = " FOR UPDATE" if engine.dialect.name == "postgresql" else ""  # SQLite's holds all
            found = await connection.scalar(text(f"SELECT failures FROM feed WHERE id = 1{lock}"))
            await connection.execute(text(f"UPDATE feed SET failures = {int(found or 0)} + 1 WHERE id = 1"))

    async with writing(engine) as connection:
        await connection.execute(
            text(
                "INSERT INTO feed (id, url, title, language, state, failures, moved_times, created_at) "
                "VALUES (1, 'u', 't', 'en', 'ok', 0, 0, '2026-11-26')"
            )
        )
    await asyncio.gather(*(count_up() for _ in range(10)))

    async with reading(engine) as connection:
        assert await connection.scalar(text("SELECT failures FROM feed")) == 10


async def test_sqlite_keeps_what_it_was_told_to_keep(tmp_path):
    engine = engine_of(f"sqlite+aiosqlite:///{tmp_path}/new.db")
    async with engine.connect() as connection:
        pragmas = {
            name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    await engine.dispose()

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


async def test_hundreds_of_writers_of_one_process_each_have_their_turn(engine):
    async def touch() -> None:
        async with writing(engine) as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = version_num"))

    done = await asyncio.gather(*(touch() for _ in range(300)), return_exceptions=True)

    assert [one for one in done if one is not None] == []
