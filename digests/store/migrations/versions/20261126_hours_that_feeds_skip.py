"""hours that feeds skip."""

import sqlalchemy as sa
from alembic import op

revision = "e27b5d0416fa"
down_revision = "c6d18e2b97f3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("feed", schema=None) as batch_op:
        batch_op.add_column(sa.Column("skip_hours", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("feed", schema=None) as batch_op:
        batch_op.drop_column("skip_hours")
