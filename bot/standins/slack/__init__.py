"""A strict Slack on loopback: what the platform refuses is refused, what it damages is written down."""

from bot.standins.slack.server import SlackStandIn

__all__ = ["SlackStandIn"]
