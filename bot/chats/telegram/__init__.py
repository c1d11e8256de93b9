"""Telegram: its markup, its requests, and the bot that listens and sends."""

from bot.chats.telegram.chat import TelegramChat

__all__ = ["TelegramChat"]
