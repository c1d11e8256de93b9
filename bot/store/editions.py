"""See `bot.ports.Editions`: editions, packed small, under the keys that only equal ones share."""

import json
import zlib
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.model import Slot, Subscription
from bot.store.tables import EditionRow, SlotRow
from digests.edition_form import edition_data, edition_from
from digests.model import Edition
from digests.store.engine import reading, writing
from digests.store.rows import insert_new, table_of

EDITION, _SLOT = table_of(EditionRow), table_of(SlotRow)


class SqlEditions:
    """See `Editions`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def save(self, editions: Mapping[str, Edition], *, now: datetime) -> Mapping[str, int]:
        """See `Editions`."""
        rows = [
            {"key": key, "composed_at": now, "packed": packed(edition)} for key, edition in editions.items()
        ]
        if not rows:
            return {}
        async with writing(self._engine) as connection:
            await connection.execute(insert_new(connection, EDITION, unique=["key"]), rows)
            stored = select(EDITION.c.key, EDITION.c.id).where(EDITION.c.key.in_(list(editions)))
            return dict((await connection.execute(stored)).tuples().all())

    async def last(self, subscription: Subscription) -> tuple[Slot, Edition] | None:
        """See `Editions`."""
        mine = select(*_SLOT.c, EDITION.c.packed).join(EDITION, EDITION.c.id == _SLOT.c.edition_id)
        newest = mine.where(_SLOT.c.subscription_id == subscription.id).order_by(_SLOT.c.due_at.desc())
        async with reading(self._engine) as connection:
            row = (await connection.execute(newest.limit(1))).mappings().first()
        if row is None:
            return None
        return Slot(**{name: row[name] for name in Slot.__slots__}), unpacked(row["packed"])


def packed(edition: Edition) -> bytes:
    """Return an edition in about a third of the bytes."""
    return zlib.compress(
        json.dumps(edition_data(edition), ensure_ascii=False).encode("utf-8", "surrogatepass")
    )


def unpacked(data: bytes) -> Edition:
    return edition_from(json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass")))
