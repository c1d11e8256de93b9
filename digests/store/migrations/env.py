"""Alembic's entry: the caller hands in the connection and the tables, so that settings stay out of here."""

from alembic import context

config = context.config

context.configure(
    connection=config.attributes["connection"],
    target_metadata=config.attributes["metadata"],
    render_as_batch=True,  # SQLite alters a table by copying it
    include_object=config.attributes["include_object"],
)
with context.begin_transaction():
    context.run_migrations()
