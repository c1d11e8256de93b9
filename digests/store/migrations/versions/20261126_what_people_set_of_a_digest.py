"""what people set of a digest."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '4a9e43687b59'
down_revision = 'c055a41ee436'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('subscription', schema=None) as batch_op:
        batch_op.add_column(sa.Column('paused_until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column('skipped_until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column('quiet', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('most', sa.Integer(), server_default='10', nullable=False))
        batch_op.add_column(sa.Column('words', sqlmodel.sql.sqltypes.AutoString(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('quiet_when_empty', sa.Boolean(), server_default=sa.false(), nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('subscription', schema=None) as batch_op:
        batch_op.drop_column('quiet_when_empty')
        batch_op.drop_column('words')
        batch_op.drop_column('most')
        batch_op.drop_column('quiet')
        batch_op.drop_column('skipped_until')
        batch_op.drop_column('paused_until')

