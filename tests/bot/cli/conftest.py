"""What an operator types, as they would: the commands run in an empty folder, on a database."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main

SETTINGS = (
    *("TELEGRAM", "SLACK", "DATABASE", "PORT", "HOST", "PUBLIC", "METRICS", "SEND", "FETCH"),
    *("ON_", "ALLOWED", "ADMINS", "ENGINE", "LOG"),
)

Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def operator_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[str], Typed]:
    """Type commands for the database at a URL; each gives its exit code, stdout and stderr."""
    for name in [name for name in os.environ if name.startswith(SETTINGS)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def typed(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["pullquote", *words])
        code: int | str = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
        said = capsys.readouterr()
        return int(code), said.out, said.err

    def at(database_url: str) -> Typed:
        monkeypatch.setenv("DATABASE_URL", database_url)
        return typed

    return at
