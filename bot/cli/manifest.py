"""The slash command becomes the manifest of a Slack app to paste."""

import json
import sys

from bot.chats.slack.manifest import manifest

_WHERE = "Paste it at https://api.slack.com/apps?new_app=1 (From a manifest), then install the app."


def print_manifest(*, command: str) -> int:
    """Print the manifest on stdout, and on a terminal where it goes; return the exit code."""
    print(json.dumps(manifest(command=command), ensure_ascii=False, indent=2))
    if sys.stderr.isatty():
        print(_WHERE, file=sys.stderr)
    return 0
