"""Settings as the environment has them; all that is wrong is named at once, and no secret with it."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.checks import is_network
from config.settings import Database, SettingsError, read_settings
from digests.fetch.guard import AddressGuard

OURS = ("DATABASE_URL", "SEND_RATE", "SECRET_KEYS", "ALLOWED_CHATS", "ADMINS", "CONTACT", "ON_UNCERTAIN")
PREFIXES = ("TELEGRAM_", "SLACK_", "FETCH_", "LOG_", "POLL_", "HOST", "RESPECT_", "KEEP_", "PORT", "PUBLIC")
TOKEN = "123456:" + "A" * 35


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    for name in os.environ:
        if name in OURS or name.startswith(PREFIXES):
            monkeypatch.delenv(name)


def settings():
    return read_settings(env_file=None)


def complaints(monkeypatch, **given):
    """Return what is said of each setting that is wrong."""
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as told:
        settings()
    return dict(line.split(": ", 1) for line in str(told.value).splitlines())


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


def test_one_wrong_setting_hides_no_other(monkeypatch):
    wrong = {
        "DATABASE_URL": "postgresql://u:hunter2@h:port/d",
        "TELEGRAM_API_BASE": "foo",
        "SLACK_BOT_TOKEN": "xoxb-1-hunter2",
        "SLACK_API_BASE": "ftp://h/",
        "SLACK_COMMAND": "/Digest",
        "FETCH_ALLOW": "foo",
        "FETCH_CONCURRENCY": "many",
        "KEEP_TEXT_DAYS": "100",
        "ALLOWED_CHATS": "telegram:1,qq",
        "ADMINS": "hunter2",
        "PORT": "0",
        "PUBLIC_URL": "news.example.org",
        "LOG_LEVEL": "loud",
        "RESPECT_ROBOTS": "perhaps",
        "SEND_RATE": "nan",
    }

    said = complaints(monkeypatch, **wrong)

    hidden = {"SLACK_BOT_TOKEN": "SLACK_APP_TOKEN", "KEEP_TEXT_DAYS": "KEEP_FACTS_DAYS"}  # the later of two
    assert set(said) == {hidden.get(name, name) for name in wrong}
    assert "entry 2" in said["ALLOWED_CHATS"]
    assert not any("hunter2" in line for line in said.values())


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("FETCH_CONCURRENCY", "many", "write a whole number"),
        ("FETCH_CONCURRENCY", "1.5", "write a whole number"),
        ("FETCH_CONCURRENCY", "9" * 5000, "write a smaller number"),
        ("FETCH_CONCURRENCY", "0", "write 1 or more"),
        ("PORT", "70000", "write 65535 or less"),
        ("SEND_RATE", "fast", "write a number"),
        ("HOST_GAP_SECONDS", "inf", "write a number"),
        ("RESPECT_ROBOTS", "perhaps", "write true or false"),
        ("ON_UNCERTAIN", "shrug", "write 'resend' or 'hold'"),
    ],
)
def test_what_to_write_instead_is_said_in_our_words(monkeypatch, name, value, hint):
    assert complaints(monkeypatch, **{name: value}) == {name: hint}


def test_what_can_not_be_compared_is_not_complained_of(monkeypatch):
    said = complaints(monkeypatch, KEEP_TEXT_DAYS="long", KEEP_FACTS_DAYS="5")

    assert set(said) == {"KEEP_TEXT_DAYS"}


@pytest.mark.parametrize(
    "base", ["foo", "//h", "http://", "ftp://h", "http://h:port", "http://a b", "http://["]
)
def test_base_address_is_a_whole_one(monkeypatch, base):
    assert set(complaints(monkeypatch, TELEGRAM_API_BASE=base)) == {"TELEGRAM_API_BASE"}


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///", "sqlite://data/x.db", "postgresql://u@h:99x/d", "x"]
)
def test_database_url_has_all_its_parts(monkeypatch, url):
    assert set(complaints(monkeypatch, DATABASE_URL=url)) == {"DATABASE_URL"}


@pytest.mark.parametrize(
    "query", ["sslmode=require&channel_binding=require", "sslmode=yes", "application_name=x"]
)
def test_what_the_driver_does_not_know_is_no_part_of_a_database_url(monkeypatch, query):
    said = complaints(monkeypatch, DATABASE_URL=f"postgresql://u:p@h/d?{query}")

    assert "sslmode=" in said["DATABASE_URL"]


def test_rooms_and_people_are_named_by_their_ids(monkeypatch):
    monkeypatch.setenv("ALLOWED_CHATS", "telegram:-1001234567890,slack:T01:C01")
    monkeypatch.setenv("ADMINS", "telegram:1,slack:T01/U01")

    access = settings().access

    assert access.allowed_chats == ("telegram:-1001234567890", "slack:T01:C01")
    assert access.admins == ("telegram:1", "slack:T01/U01")


@pytest.mark.parametrize(
    "entry", ["127.0.0.1", "127.0.0.1:8080", "10.1.2.0/24", "::1", "[::1]:80", "fd00::/8"]
)
def test_private_addresses_are_named_by_number(monkeypatch, entry):
    monkeypatch.setenv("FETCH_ALLOW", entry)

    assert settings().collection.fetch_allow == (entry,)


@pytest.mark.parametrize(
    "entry", ["foo", "localhost:80", "10.0.0.1:", "10.0.0.1:0", "10.0.0.1:70000", "[::1]"]
)
def test_names_and_ports_that_are_none_may_not_be_fetched(monkeypatch, entry):
    assert set(complaints(monkeypatch, FETCH_ALLOW=entry)) == {"FETCH_ALLOW"}


@given(st.text(alphabet="0123456789abf.:[]/%", max_size=20) | st.text(max_size=20))
def test_guard_of_fetches_takes_what_settings_take(entry):
    if is_network(entry):
        AddressGuard([entry])


def test_file_that_is_no_text_is_named(tmp_path):
    file = tmp_path / ".env"
    file.write_bytes(b"SLACK_COMMAND=/\xff")

    with pytest.raises(SettingsError, match=r"\.env can't be read: it is not UTF-8"):
        read_settings(env_file=file)


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
