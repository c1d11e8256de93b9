"""full texts of feeds."""

import sqlalchemy as sa
from alembic import op

revision = "3f7d20c9b6e1"
down_revision = "4a9e43687b59"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("content", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_column("content")
