"""Telegram: its markup, its requests, and the bot that listens and sends."""
