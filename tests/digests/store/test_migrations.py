"""Migrations lose nothing of what is there."""

from alembic import command
from sqlalchemy import text

from bot.store.tables import SubscriptionRow
from digests.store.migrate import _config

METADATA = SubscriptionRow.metadata
WRITTEN = (
    "INSERT INTO feed (id, url, title, language, state, failures, moved_times, created_at)"
    " VALUES (1, 'https://a.example/', 'A', 'en', 'ok', 0, 0, '2026-11-26')",
    "INSERT INTO story (id, created_at, updated_at) VALUES (1, '2026-11-26', '2026-11-26')",
    "INSERT INTO article"
    " (id, feed_id, story_id, url, title, outlet, text, language, published, collected_at, facts) VALUES"
    " (7, 1, 1, 'https://a.example/1', 'Ferry', 'A', 'It left.', 'en', '2026-11-25', '2026-11-26', '[]')",
    "INSERT INTO feed_article (feed_id, article_id) VALUES (1, 7)",
)


async def test_articles_stay_with_their_feeds_when_feeds_get_words_of_their_own(empty):
    async with empty.begin() as connection:
        await connection.run_sync(lambda raw: command.upgrade(_config(raw, METADATA), "7f2e61c0b8d4"))
        for statement in WRITTEN:
            await connection.execute(text(statement))

    async with empty.begin() as connection:
        await connection.run_sync(lambda raw: command.upgrade(_config(raw, METADATA), "head"))
        carried = (
            await connection.execute(text("SELECT feed_id, article_id, title FROM feed_article"))
        ).all()
        articles = (await connection.execute(text("SELECT id, story_id, told_by FROM article"))).all()

    assert [tuple(row) for row in carried] == [(1, 7, "Ferry")]
    assert [tuple(row) for row in articles] == [(7, 1, None)]
