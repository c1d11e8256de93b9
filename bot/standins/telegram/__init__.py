"""A strict Telegram on loopback: what the platform refuses is refused, what it damages is written down."""

from bot.standins.telegram.server import TelegramStandIn

__all__ = ["TelegramStandIn"]
