"""Slack: its blocks, and the app that listens and sends."""

from bot.chats.slack.chat import SlackChat

__all__ = ["SlackChat"]
