"""Where Slack reaches us becomes the manifest of the app to make there.

docs.slack.dev/reference/app-manifest
"""

from typing import Any

_SCOPES = (
    "channels:read",  # so that Slack tells when a channel is archived, or we leave it
    "chat:write",
    "chat:write.public",  # a digest needs no invitation to a public channel
    "commands",
    "groups:read",  # the same of private channels
    "im:write",
    "users:read",  # a reader's zone
)
_EVENTS = (
    *("app_uninstalled", "channel_archive", "channel_deleted"),
    *("channel_id_changed", "channel_left"),
    *("group_archive", "group_deleted", "group_left", "member_left_channel", "tokens_revoked"),
)


def manifest(*, command: str = "/digest", url: str | None = None) -> dict[str, Any]:
    """Return the manifest, as Slack takes it in JSON; without `url` the app listens by Socket Mode."""
    address = {"url": f"{url}/slack/events"} if url else {}
    requests = {"request_url": f"{url}/slack/events"} if url else {}
    redirects = {"redirect_urls": [f"{url}/slack/oauth_redirect"]} if url else {}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Pullquote",
            "description": "A news digest that quotes people exactly and keeps the numbers.",
            "background_color": "#1f2937",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": False,
                "messages_tab_enabled": True,  # where a reader's own digest comes
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Pullquote", "always_online": True},
            "slash_commands": [
                {
                    "command": command,
                    **address,
                    "description": "Your news digest: what to follow, and when it comes",
                    "usage_hint": "now | add URL or topic | list | me 08:00 | here 08:00 | help",
                    "should_escape": False,
                }
            ],
        },
        "oauth_config": {**redirects, "scopes": {"bot": list(_SCOPES)}},
        "settings": {
            "event_subscriptions": {**requests, "bot_events": list(_EVENTS)},
            "interactivity": {"is_enabled": True, **requests},
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }
