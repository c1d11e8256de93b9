"""the rest of parts, and what was asked of their rooms."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "efd86bf56418"
down_revision = "e300cec8907a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("part", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("rest", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("part", schema=None) as batch_op:
        batch_op.drop_column("asked_at")
        batch_op.drop_column("rest")
