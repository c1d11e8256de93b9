"""A bot that is told to stop ends well, however early that is."""

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import asynccontextmanager

import pytest

from bot import app
from tests.waiting import PATIENCE

# Kills itself politely when `bot.app` is about to be loaded.
EARLY = """
import os, signal, sys
import bot.cli

class Stops:
    def find_spec(self, name, *_):
        if name == "bot.app":
            os.kill(os.getpid(), signal.SIGTERM)

sys.meta_path.insert(0, Stops())
sys.argv = ["pullquote", "run"]
bot.cli.main()
"""


def test_bot_told_to_stop_while_it_is_loaded_ends_well():
    ended = subprocess.run([sys.executable, "-c", EARLY], capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stderr) == (0, "")


class Slow:
    """A bot that waits for ever for its platform."""

    def __init__(self) -> None:
        self.told: list[str] = []

    async def start(self) -> None:
        self.told.append("start")
        os.kill(os.getpid(), signal.SIGTERM)
        try:
            await asyncio.Event().wait()
        finally:
            self.told.append("start ended")

    async def stop(self) -> None:
        self.told.append("stop")


@pytest.fixture
def run(monkeypatch):
    bot = Slow()

    async def run(*, early):
        @asynccontextmanager
        async def opened(settings, **_):
            if early:
                os.kill(os.getpid(), signal.SIGTERM)
                await asyncio.sleep(0.01)
            yield bot

        monkeypatch.setattr(app, "opened", opened)
        await asyncio.wait_for(app.run(None), timeout=PATIENCE)
        return bot.told

    return run


async def test_bot_told_to_stop_while_it_is_wired_never_starts(run):
    assert await run(early=True) == []


async def test_bot_told_to_stop_while_it_starts_ends_that_first(run):
    assert await run(early=False) == ["start", "start ended", "stop"]
