"""What differs between the tables and the migrations becomes the next migration."""

import asyncio
import sys
import tempfile

from bot.store.tables import SubscriptionRow
from digests.store.engine import engine_of
from digests.store.migrate import draft, migrate


async def write(message: str) -> None:
    """Bring an empty database up to date, and write down what the tables have beyond it."""
    metadata = SubscriptionRow.metadata
    with tempfile.TemporaryDirectory() as folder:
        engine = engine_of(f"sqlite+aiosqlite:///{folder}/draft.db")
        await migrate(engine, metadata)
        async with engine.connect() as connection:
            await connection.run_sync(lambda raw: draft(raw, metadata, message=message))
        await engine.dispose()


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1]))
