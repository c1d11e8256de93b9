"""in which language a part speaks."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "19c4b7e25d80"
down_revision = "e27b5d0416fa"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("part", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("language", sqlmodel.sql.sqltypes.AutoString(), server_default="en", nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("part", schema=None) as batch_op:
        batch_op.drop_column("language")
