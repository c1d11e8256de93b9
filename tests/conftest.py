"""What several folders need: an engine on a database with today's tables and nothing in them."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.tables import SubscriptionRow
from digests.store.engine import engine_of
from digests.store.migrate import migrate

# How long an example takes says more of what else the machine does than of the code.
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# A change is judged on the same examples as the one before it; `python -m bench fuzz` looks for new ones.
settings.register_profile("check", settings.get_profile("shared"), max_examples=50, derandomize=True)
settings.register_profile("fuzz", settings.get_profile("shared"), max_examples=2000, print_blob=True)
settings.load_profile("check")

METADATA = SubscriptionRow.metadata


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    """Give an engine on a migrated, empty database: of SQLite always, of PostgreSQL where there is one."""
    opened = engine_of(database_url)
    yield opened
    await opened.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        path = tmp_path / "test.db"
        shutil.copy(request.getfixturevalue("migrated_file"), path)
        return f"sqlite+aiosqlite:///{path}"
    url: str = request.getfixturevalue("migrated_postgres")
    asyncio.run(_emptied(url))
    return url


@pytest.fixture
async def empty(empty_url: str) -> AsyncIterator[AsyncEngine]:
    """Give an engine on a database that has no tables yet; SQLite's file and folder are still to be made."""
    opened = engine_of(empty_url)
    yield opened
    await opened.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/folder/that/is/not/there/new.db"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def postgres_url(worker_id: str) -> Iterator[str]:
    """Give the URL of a database on the server at TEST_POSTGRES_URL that is made for this test alone."""
    yield from _database(f"pullquote_one_{worker_id}")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("database") / "migrated.db"
    asyncio.run(_migrated(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def migrated_postgres(worker_id: str) -> Iterator[str]:
    for url in _database(f"pullquote_all_{worker_id}"):
        asyncio.run(_migrated(url))
        yield url


def _database(name: str) -> Iterator[str]:
    server = os.environ.get("TEST_POSTGRES_URL")
    if not server:
        pytest.skip("no TEST_POSTGRES_URL")
    asyncio.run(_tell(server, f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"'))
    url = make_url(server).set(drivername="postgresql+asyncpg", database=name)
    yield url.render_as_string(hide_password=False)
    asyncio.run(_tell(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


async def _migrated(url: str) -> None:
    opened = engine_of(url)
    await migrate(opened, METADATA)
    await opened.dispose()


async def _emptied(url: str) -> None:
    names = ", ".join(f'"{table.name}"' for table in METADATA.sorted_tables)
    opened = engine_of(url)
    async with opened.begin() as connection:
        await connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    await opened.dispose()


async def _tell(server: str, *statements: str) -> None:
    url = make_url(server).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(url)
    for statement in statements:
        await connection.execute(statement)
    await connection.close()
