"""what rooms added, and indices of some slots only."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "c6d18e2b97f3"
down_revision = "b41f7a90d2c6"
branch_labels = None
depends_on = None

_WAITS, _FROZEN, _COMPOSED = "frozen_at IS NULL", "frozen_at IS NOT NULL", "edition_id IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "added",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscription.id"],
            name=op.f("fk_added_subscription_id_subscription"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_added")),
    )
    op.create_index(op.f("ix_added_subscription_id"), "added", ["subscription_id"])
    _drop_indices()
    _some_of("ix_slot_line", ["chat", "due_at", "id"], _WAITS)
    _some_of("ix_slot_frozen_at", ["frozen_at"], _FROZEN)
    _some_of("ix_slot_edition_id", ["edition_id"], _COMPOSED)


def downgrade() -> None:
    _drop_indices()
    op.create_index("ix_slot_line", "slot", ["chat", "frozen_at", "due_at", "id"])
    op.create_index("ix_slot_frozen_at", "slot", ["frozen_at"])
    op.create_index("ix_slot_edition_id", "slot", ["edition_id"])
    op.drop_index(op.f("ix_added_subscription_id"), "added")
    op.drop_table("added")


def _drop_indices() -> None:
    for name in ("ix_slot_line", "ix_slot_frozen_at", "ix_slot_edition_id"):
        op.drop_index(name, "slot")


def _some_of(name: str, columns: list[str], where: str) -> None:
    op.create_index(name, "slot", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
