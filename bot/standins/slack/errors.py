"""What the platform answers instead of a result."""


class SlackError(Exception):
    """`{"ok": false, "error": code}`, and `messages` that say more."""

    def __init__(self, code: str, *messages: str) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages
