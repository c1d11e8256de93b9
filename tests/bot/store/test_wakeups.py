"""procrastinate's tables beside ours."""

import shutil

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from procrastinate.schema import migrations_path
from sqlalchemy import text

from bot.store.schema import bring_up_to_date, is_up_to_date
from bot.store.tables import SubscriptionRow
from bot.store.wakeups import migrate_wakeups, wakeups_are_current, wakeups_at
from digests.store.engine import engine_of
from digests.store.migrate import is_ours


@pytest.fixture
async def server(postgres_url):
    engine = engine_of(postgres_url)
    yield engine
    await engine.dispose()


@pytest.fixture
def changes(tmp_path):
    """Give a folder of changes, as a later release of the library would have it."""
    folder = tmp_path / "changes"
    shutil.copytree(migrations_path, folder)
    return folder


@pytest.mark.postgres
async def test_empty_server_gets_both_schemas_and_twice_is_as_once(server):
    assert not await is_up_to_date(server)

    await bring_up_to_date(server)
    await bring_up_to_date(server)

    assert await is_up_to_date(server)


@pytest.mark.postgres
async def test_changes_of_a_later_release_are_applied_once(server, changes):
    await migrate_wakeups(server)
    (changes / "99.00.00_01_pre_more.sql").write_text("CREATE TABLE more (id int); SELECT '100%';")
    assert not await wakeups_are_current(server, changes=changes)

    await migrate_wakeups(server, changes=changes)
    await migrate_wakeups(server, changes=changes)

    assert await wakeups_are_current(server, changes=changes)
    assert await wakeups_are_current(server)
    async with server.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM procrastinate.more")) == 0


@pytest.mark.postgres
async def test_change_that_fails_leaves_nothing_behind(server, changes):
    await migrate_wakeups(server)
    (changes / "99.00.00_01_pre_more.sql").write_text("CREATE TABLE more (id int); SELECT nonsense;")

    with pytest.raises(Exception, match="nonsense"):
        await migrate_wakeups(server, changes=changes)

    async with server.connect() as connection:
        assert await connection.scalar(text("SELECT to_regclass('procrastinate.more')")) is None


@pytest.mark.postgres
async def test_our_migrations_do_not_see_the_librarys_tables(server):
    await bring_up_to_date(server)

    async with server.connect() as connection:
        differences = await connection.run_sync(
            lambda raw: compare_metadata(
                MigrationContext.configure(raw, opts={"include_schemas": True, "include_object": is_ours}),
                SubscriptionRow.metadata,
            )
        )

    assert differences == []


def test_libpq_finds_a_server_by_all_that_the_url_says():
    url = "postgresql+asyncpg://ann:p%40ss@db.example:5433/news?ssl=require"

    assert wakeups_at(url) == {
        "host": "db.example",
        "port": "5433",
        "user": "ann",
        "password": "p@ss",
        "dbname": "news",
        "sslmode": "require",
        "options": "-c search_path=procrastinate",
    }


def test_libpq_finds_a_server_by_its_socket():
    assert wakeups_at("postgresql+asyncpg:///news?host=/run/postgresql")["host"] == "/run/postgresql"
