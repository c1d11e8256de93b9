"""`pullquote run` where it can't: one line, exit 2, and nothing begun."""

import os
import sys

import pytest

from bot.cli import main

OURS = ("TELEGRAM", "SLACK", "DATABASE", "PORT", "ENGINE", "SEND", "ON_", "LOG")
TOKEN = "123456:abcdefghijklmnopqrstuvwxyz0123456789"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run with these settings, in an empty folder; get the exit code and stderr."""

    def typed(*words, **settings):
        for name in [name for name in os.environ if name.startswith(OURS)]:
            monkeypatch.delenv(name)
        chosen = {"DATABASE_URL": f"sqlite:///{tmp_path}/bot.db", "TELEGRAM_BOT_TOKEN": TOKEN} | settings
        for name, value in chosen.items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["pullquote", "run", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code, capsys.readouterr().err

    return typed


@pytest.mark.parametrize(
    ("roles", "settings", "hint"),
    [
        ("worker", {}, "leave --roles out"),
        ("web,clock", {}, "leave --roles out"),
        ("web,worker,clock", {"ENGINE": "procrastinate"}, "leave ENGINE out"),
        ("web,worker,clock", {"ENGINE": "celery"}, "'inprocess' or 'procrastinate'"),
        ("boss", {}, "web, worker, clock"),
        ("clock", {"DATABASE_URL": "postgresql://nobody@db/x", "ENGINE": "inprocess"}, "worker,clock"),
    ],
)
def test_roles_that_can_not_be_are_one_line_and_make_no_database(run, tmp_path, roles, settings, hint):
    code, said = run("--roles", roles, **settings)

    assert code == 2
    assert hint in said
    assert said.count("\n") == 1
    assert not (tmp_path / "bot.db").exists()


@pytest.mark.postgres
def test_server_without_tables_names_migrate(run, postgres_url):
    code, said = run("--roles", "worker", DATABASE_URL=postgres_url)

    assert (code, "pullquote migrate" in said) == (2, True)
