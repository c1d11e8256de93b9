"""Subscriptions, and the ledger of what is owed and what was sent, kept in SQL."""
