"""Nouns are kept in SQL, and come out as nouns again."""
