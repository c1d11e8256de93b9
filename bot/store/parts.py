"""A part of a digest becomes a row of the outbox, and a row the delivery of a part."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, RowMapping, literal_column

from bot.model import Address, Delivery, DeliveryState, Part, Slot
from bot.store.subscriptions import address_from, room_columns
from bot.store.tables import PartRow
from digests.store.rows import table_of

PART = table_of(PartRow)
_ASKED = "id slot_id number chat tenant room thread body text language rest due_at state attempts repeat"
DELIVERED = tuple(PART.c[name] for name in _ASKED.split())  # what `delivery_from` reads, and the quiet hours
OPEN = (DeliveryState.DUE, DeliveryState.CLAIMED, DeliveryState.SENDING)  # still to arrive


def is_in(*states: DeliveryState, part: FromClause = PART) -> ColumnElement[bool]:
    """Return the condition that a part is in one of these states, which are written out.

    PostgreSQL, once it has carried out a statement a few times, plans it without its parameters: it would not
    know that most parts have been sent and few are due, and go through all of them.
    """
    written: list[ColumnElement[str]] = [literal_column(f"'{state}'") for state in states]
    return part.c.state == written[0] if len(written) == 1 else part.c.state.in_(written)


def part_row(
    slot: Slot, address: Address, part: Part, *, number: int, now: datetime, rest: str = ""
) -> dict[str, Any]:
    """Return a part as it enters the outbox; `rest` is its room's quiet hours: see `bot.store.resting`."""
    return {
        "slot_id": slot.id,
        "number": number,
        **room_columns(address),
        "body": part.body,
        "text": part.text,
        "language": part.language,
        "rest": rest,
        "due_at": slot.due_at,
        "state": DeliveryState.DUE,
        "attempts": 0,
        "not_before": now,
        "repeat": False,
        "changed_at": now,
    }


def delivery_from(row: RowMapping) -> Delivery:
    return Delivery(
        id=row["id"],
        slot_id=row["slot_id"],
        number=row["number"],
        address=address_from(row),
        part=Part(body=row["body"], text=row["text"], language=row["language"]),
        due_at=row["due_at"],
        state=DeliveryState(row["state"]),
        attempts=row["attempts"],
        repeat=row["repeat"],
    )
