"""Settings as the environment has them; all that is wrong is named at once, and no secret with it."""

import os

import pytest

from config.settings import Database, SettingsError, read_settings

OURS = ("DATABASE_URL", "SEND_RATE", "SECRET_KEYS", "ALLOWED_CHATS", "ADMINS", "CONTACT", "ON_UNCERTAIN")
PREFIXES = ("TELEGRAM_", "SLACK_", "FETCH_", "LOG_", "POLL_", "HOST_", "RESPECT_")
TOKEN = "123456:" + "A" * 35


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    for name in os.environ:
        if name in OURS or name.startswith(PREFIXES):
            monkeypatch.delenv(name)


def settings():
    return read_settings(env_file=None)


def test_nothing_has_to_be_set():
    read = settings()

    assert read.database.is_sqlite
    assert not read.telegram.is_set
    assert not read.slack.is_set
    assert read.telegram.send_rate == 28
    assert read.process.on_uncertain == "resend"


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        ("postgres://u:p@h:5432/d", "postgresql+asyncpg://u:p@h:5432/d"),
        ("postgresql://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
        ("postgresql+asyncpg://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
        ("postgres://u:p@h/d?sslmode=require", "postgresql+asyncpg://u:p@h/d?ssl=require"),
        ("sqlite:///data/x.db", "sqlite+aiosqlite:///data/x.db"),
        ("sqlite:////var/x.db", "sqlite+aiosqlite:////var/x.db"),
    ],
)
def test_database_urls_are_taken_as_hosts_hand_them_out(given, understood):
    assert Database(database_url=given).database_url == understood


def test_all_wrong_settings_are_named_together(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://u:hunter2@h/d")
    monkeypatch.setenv("SEND_RATE", "fast")
    monkeypatch.setenv("ON_UNCERTAIN", "shrug")
    monkeypatch.setenv("HOST_GAP_SECONDS", "-1")
    monkeypatch.setenv("SLACK_COMMAND", "digest")

    with pytest.raises(SettingsError) as told:
        settings()

    for name in ("DATABASE_URL", "SEND_RATE", "ON_UNCERTAIN", "HOST_GAP_SECONDS", "SLACK_COMMAND"):
        assert f"{name}: " in str(told.value)


def test_what_is_wrong_is_told_without_its_value(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://u:hunter2@h/d")

    with pytest.raises(SettingsError) as told:
        settings()

    assert "hunter2" not in str(told.value)


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
def test_slack_needs_both_tokens(monkeypatch, name):
    monkeypatch.setenv(name, "xoxb-1-secret")

    with pytest.raises(SettingsError, match=r"SLACK_BOT_TOKEN .* SLACK_APP_TOKEN") as told:
        settings()

    assert "secret" not in str(told.value)


def test_lists_are_separated_by_commas(monkeypatch):
    monkeypatch.setenv("ALLOWED_CHATS", " telegram:1, slack:T1:C1 ,,")
    monkeypatch.setenv("FETCH_ALLOW", "127.0.0.1:8080,10.0.0.0/8")

    read = settings()

    assert read.access.allowed_chats == ("telegram:1", "slack:T1:C1")
    assert read.collection.fetch_allow == ("127.0.0.1:8080", "10.0.0.0/8")


def test_empty_setting_is_none_at_all(monkeypatch):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    monkeypatch.setenv("SEND_RATE", "")

    read = settings()

    assert not read.telegram.is_set
    assert read.telegram.send_rate == 28


def test_file_is_read_and_the_environment_wins(monkeypatch, tmp_path):
    file = tmp_path / ".env"
    file.write_text("SEND_RATE=5\nLOG_LEVEL=DEBUG\nSOMETHING_ELSE=1\n")
    monkeypatch.setenv("SEND_RATE", "7")

    read = read_settings(env_file=file)

    assert (read.telegram.send_rate, read.process.log_level) == (7, "DEBUG")


def test_token_is_not_shown_by_accident(monkeypatch):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)

    read = settings()

    assert read.telegram.is_set
    assert TOKEN not in repr(read)
    assert TOKEN not in str(read.telegram)
