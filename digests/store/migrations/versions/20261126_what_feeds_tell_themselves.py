"""what feeds tell themselves."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "8d0c6a1f7b35"
down_revision = "7f2e61c0b8d4"
branch_labels = None
depends_on = None

_KEPT = (
    "CREATE TEMPORARY TABLE kept AS SELECT feed_article.feed_id, article_id, title, author, published,"
    " collected_at FROM feed_article JOIN article ON article.id = article_id"
)
_FILLED = (
    "INSERT INTO feed_article (feed_id, article_id, title, author, published, carried_at) SELECT * FROM kept"
)
_OPEN = sa.text("told_by IS NULL")


def upgrade() -> None:
    op.execute(_KEPT)  # SQLite alters `article` by copying it, and empties with the old one what refers to it
    op.drop_table("feed_article")
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.add_column(sa.Column("told_by", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_article_told_by_feed"), "feed", ["told_by"], ["id"], ondelete="CASCADE"
        )
        batch_op.drop_constraint(batch_op.f("uq_article_url"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_article_url"), ["url", "told_by"])
    op.create_index(
        "uq_article_url_open",
        "article",
        ["url"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    _create_feed_article(
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("author", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("published", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("carried_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    )
    op.create_index("ix_feed_article_carried", "feed_article", ["feed_id", "carried_at"])
    op.execute(_FILLED)
    op.execute("DROP TABLE kept")


def downgrade() -> None:
    op.execute("DELETE FROM article WHERE told_by IS NOT NULL")  # no others may see them
    op.execute("CREATE TEMPORARY TABLE kept AS SELECT feed_id, article_id FROM feed_article")
    op.drop_table("feed_article")
    op.drop_index("uq_article_url_open", "article")
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_article_url"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_article_url"), ["url"])
        batch_op.drop_constraint(batch_op.f("fk_article_told_by_feed"), type_="foreignkey")
        batch_op.drop_column("told_by")
    _create_feed_article()
    op.execute("INSERT INTO feed_article (feed_id, article_id) SELECT * FROM kept")
    op.execute("DROP TABLE kept")


def _create_feed_article(*columns: sa.Column[object]) -> None:
    op.create_table(
        "feed_article",
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_feed_article_article_id_article"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["feed.id"], name=op.f("fk_feed_article_feed_id_feed"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("feed_id", "article_id", name=op.f("pk_feed_article")),
    )
    op.create_index(op.f("ix_feed_article_article_id"), "feed_article", ["article_id"])
