"""digests as they were composed."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "7f2e61c0b8d4"
down_revision = "3f7d20c9b6e1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("composed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("key", name=op.f("uq_edition_key")),
    )
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edition_composed_at"), ["composed_at"], unique=False)
    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("edition_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_slot_edition_id_edition"), "edition", ["edition_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_index(batch_op.f("ix_slot_edition_id"), ["edition_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("slot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_slot_edition_id"))
        batch_op.drop_constraint(batch_op.f("fk_slot_edition_id_edition"), type_="foreignkey")
        batch_op.drop_column("edition_id")
    op.drop_table("edition")
