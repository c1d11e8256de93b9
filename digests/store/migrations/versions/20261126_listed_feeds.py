"""feeds that the operator lists."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "5c1f0a9d7e42"
down_revision = "eb9fcd520a2f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("feed", schema=None) as batch_op:
        batch_op.add_column(sa.Column("listed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("feed", schema=None) as batch_op:
        batch_op.drop_column("listed_at")
