"""what groups heard."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "e300cec8907a"
down_revision = "19c4b7e25d80"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heard",
        sa.Column("room", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("room", name=op.f("pk_heard")),
    )
    op.create_index(op.f("ix_heard_until"), "heard", ["until"])


def downgrade() -> None:
    op.drop_index(op.f("ix_heard_until"), "heard")
    op.drop_table("heard")
