"""hosts, and who asks them."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

from digests.identity import host_of

revision = "b41f7a90d2c6"
down_revision = "8d0c6a1f7b35"
branch_labels = None
depends_on = None

_AT_ONCE = 1_000


def upgrade() -> None:
    op.create_table(
        "host",
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("owner", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_host")),
    )
    op.create_index(op.f("ix_host_until"), "host", ["until"])
    for name in ("feed", "entry"):
        with op.batch_alter_table(name, schema=None) as batch_op:
            text = sqlmodel.sql.sqltypes.AutoString()
            batch_op.add_column(sa.Column("host", text, server_default="", nullable=False))
        _fill(name)


def downgrade() -> None:
    for name in ("entry", "feed"):
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.drop_column("host")
    op.drop_index(op.f("ix_host_until"), "host")
    op.drop_table("host")


def _fill(name: str) -> None:
    table = sa.table(name, sa.column("id", sa.Integer), sa.column("url"), sa.column("host"))
    changed = sa.update(table).where(table.c.id == sa.bindparam("row")).values(host=sa.bindparam("named"))
    connection = op.get_bind()
    rows = [(row.id, host_of(row.url)) for row in connection.execute(sa.select(table.c.id, table.c.url))]
    for start in range(0, len(rows), _AT_ONCE):
        some = [{"row": row, "named": host} for row, host in rows[start : start + _AT_ONCE]]
        connection.execute(changed, some)
