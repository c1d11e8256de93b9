"""Where people talk to the bot. To add a chat: its folder, and a line in `bot.app` that opens it.

`contract` says what a chat can do; `cut` and `plain` are what every chat needs to show foreign words whole.
"""
