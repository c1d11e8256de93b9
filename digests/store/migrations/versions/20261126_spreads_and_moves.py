"""spreads and moves."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "5653a48264c0"
down_revision = "efd86bf56418"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "moved",
        sa.Column("chat", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("tenant", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("room", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("became", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("chat", "tenant", "room", name=op.f("pk_moved")),
    )
    op.create_index(op.f("ix_moved_became"), "moved", ["became"])
    op.create_table(
        "spread",
        sa.Column("chat", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("tenant", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("due_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("chat", "tenant", "due_at", name=op.f("pk_spread")),
    )


def downgrade() -> None:
    op.drop_table("spread")
    op.drop_index(op.f("ix_moved_became"), "moved")
    op.drop_table("moved")
