"""What an operator types, run as they would: status, doctor, backup, restore, sources, manifest."""

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.chats.slack import chat
from bot.chats.slack.manifest import manifest
from bot.cli import cli
from bot.model import Address
from bot.standins.slack.server import SlackStandIn
from bot.standins.telegram.server import TelegramStandIn
from bot.store.ledger import SqlLedger
from digests.store.engine import engine_of

SAMPLES = Path(__file__).parents[2] / "samples" / "slack"
TOKEN = "123456:abcdefghijklmnopqrstuvwxyz0123456789"
OPML = """<opml version="2.0"><body><outline text="Harbours">
<outline type="rss" text="Harbour Post" xmlUrl="https://harbour.example/feed"/></outline></body></opml>"""


@pytest.fixture
def operator(operator_of, tmp_path):
    return operator_of(f"sqlite:///{tmp_path}/bot.db")


@pytest.fixture
def listed(operator, tmp_path):
    """Have one feed listed, in a database made for it."""
    (tmp_path / "feeds.opml").write_text(OPML)
    assert operator("sources", "import", "feeds.opml")[0] == 0
    return operator


def test_status_without_a_database_says_how_to_make_one(operator, tmp_path):
    code, _, said = operator("status")

    assert (code, "pullquote migrate" in said) == (2, True)
    assert not (tmp_path / "bot.db").exists()


def test_status_is_json_with_the_promised_names(listed):
    code, told, _ = listed("status", "--json")

    assert code == 0
    assert json.loads(told) == {
        "due": 0,
        "overdue": 0,
        "oldest_overdue_seconds": 0,
        "sent_today": 0,
        "uncertain": [],
        "paused": [],
        "failing_feeds": [],
    }


def test_status_tells_people_that_nothing_needs_them(listed):
    assert "Nothing needs you." in listed("status")[1]


def test_sources_are_listed_by_folder_and_exported(listed):
    assert listed("sources", "list")[1] == "https://harbour.example/feed\tHarbour Post\tHarbours, 0 rooms\n"
    assert 'xmlUrl="https://harbour.example/feed"' in listed("sources", "export")[1]


def test_removed_source_is_listed_no_more(listed):
    assert listed("sources", "remove", "https://harbour.example/feed")[0] == 0

    assert listed("sources", "list")[1] == ""
    assert listed("sources", "remove", "https://harbour.example/feed")[0] == 1


def test_private_address_is_no_source(operator):
    code, told, said = operator("sources", "add", "http://10.0.0.1/feed")

    assert (code, told) == (1, "")
    assert "10.0.0.1" in said


@pytest.mark.parametrize("command", [("sources", "import"), ("preview", "--opml")])
@pytest.mark.parametrize("content", [None, "<html>no list</html>", "<opml><body/></opml>", "<opml><bo"])
def test_list_that_can_not_be_read_is_one_line(operator, tmp_path, command, content):
    if content is not None:
        (tmp_path / "feeds.opml").write_text(content)

    code, _, said = operator(*command, "feeds.opml")

    assert (code, said.count("\n")) == (1, 1)
    assert said.startswith("feeds.opml")


def test_backup_comes_back(listed, tmp_path):
    assert listed("backup", "copy.bak")[0] == 0
    listed("sources", "remove", "https://harbour.example/feed")

    assert listed("restore", "copy.bak")[0] == 1  # there is a database
    assert listed("restore", "copy.bak", "--force")[0] == 0

    assert "Harbour Post" in listed("sources", "list")[1]


def test_doctor_finds_all_wrong_settings_and_shows_no_secret(operator, monkeypatch):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1-very-secret")
    monkeypatch.setenv("SEND_RATE", "fast")

    code, told, said = operator("doctor")

    assert code == 1
    assert "SLACK_APP_TOKEN" in told
    assert "SEND_RATE" in told
    assert "very-secret" not in told + said


def test_doctor_without_a_chat_says_what_to_set(listed):
    code, told, _ = listed("doctor")

    assert (code, "TELEGRAM_BOT_TOKEN" in told) == (1, True)
    assert "ok     database: SQLite" in told


def test_doctor_finds_that_a_platform_is_away(operator, monkeypatch):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_BASE", "http://127.0.0.1:9")

    code, told, said = operator("doctor")

    assert (code, "can't be reached" in told) == (1, True)
    assert TOKEN not in told + said


async def doctor(monkeypatch, **settings):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    result = await asyncio.to_thread(CliRunner().invoke, cli, ["doctor"])
    return result.exit_code, result.output


async def test_doctor_asks_both_platforms(listed, monkeypatch):
    async with TelegramStandIn() as telegram, SlackStandIn() as slack:
        code, told = await doctor(
            monkeypatch,
            TELEGRAM_BOT_TOKEN=telegram.token,
            TELEGRAM_API_BASE=telegram.api_base,
            SLACK_BOT_TOKEN=slack.bot_token,
            SLACK_APP_TOKEN=slack.app_token,
            SLACK_API_BASE=slack.api_base,
        )

    assert code == 0, told
    assert "telegram: @" in told
    assert "slack socket: may listen" in told


async def test_doctor_names_an_allowed_room_that_has_another_id_now(listed, monkeypatch, tmp_path):
    engine = engine_of(f"sqlite+aiosqlite:///{tmp_path}/bot.db")
    await SqlLedger(engine).move(Address("telegram", "-7"), room="-1009")
    await engine.dispose()

    _, told = await doctor(monkeypatch, ALLOWED_CHATS="telegram:-7,telegram:-8")
    _, known = await doctor(monkeypatch, ALLOWED_CHATS="telegram:-7,telegram:-1009")

    assert "telegram:-7 is telegram:-1009 now, and served as before" in told
    assert "served as before" not in known


async def test_doctor_finds_wrong_tokens(listed, monkeypatch):
    async with TelegramStandIn() as telegram, SlackStandIn() as slack:
        code, told = await doctor(
            monkeypatch,
            TELEGRAM_BOT_TOKEN=TOKEN,
            TELEGRAM_API_BASE=telegram.api_base,
            SLACK_BOT_TOKEN="xoxb-wrong",
            SLACK_APP_TOKEN="xapp-wrong",
            SLACK_API_BASE=slack.api_base,
        )

    assert code == 1
    assert told.count("does not take the token") == 3
    assert TOKEN not in told


@pytest.mark.parametrize("how", [("--socket",), ()])
def test_manifest_is_what_slack_takes(operator, how):
    code, told, _ = operator("manifest", "slack", *how)

    assert code == 0
    assert json.loads(told) == json.loads((SAMPLES / "manifest.socket.json").read_text())


def test_manifest_with_an_address_is_what_slack_takes():
    told = manifest(url="https://news.example.org")

    assert told == json.loads((SAMPLES / "manifest.url.json").read_text())


def test_manifest_asks_for_all_events_that_the_chat_hears():
    asked = manifest()["settings"]["event_subscriptions"]["bot_events"]

    assert set(asked) == {
        "app_uninstalled",
        "tokens_revoked",
        "member_left_channel",
        "channel_id_changed",
        *chat._LEFT,
    }


@pytest.mark.parametrize("how", [("--socket", "--url", "https://a.example"), ("--url", "https://a.example")])
def test_manifest_for_an_address_that_nobody_serves_is_not_made(operator, how):
    code, told, said = operator("manifest", "slack", *how)

    assert (code, told, said.count("\n")) == (2, "", 1)
    assert "--url" in said


@pytest.mark.parametrize("command", [["run"], ["migrate"], ["status"], ["sources", "list"], ["restore", "x"]])
@pytest.mark.parametrize("url", ["postgresql://bot:hunter2@127.0.0.1:1/news", "sqlite:////proc/none/bot.db"])
def test_database_that_is_away_is_one_line(operator, monkeypatch, tmp_path, command, url):
    (tmp_path / "x").write_text("a backup")
    monkeypatch.setenv("DATABASE_URL", url)

    code, told, said = operator(*command)

    assert (code != 0, told, said.count("\n")) == (True, "", 1)
    assert "hunter2" not in said
    assert "Errno" not in said


def test_backup_that_is_not_there_is_named(listed, tmp_path):
    missing, folder = listed("restore", "nosuch.db"), listed("restore", str(tmp_path))

    assert (missing[0], folder[0]) == (1, 1)
    assert missing[2].startswith("nosuch.db: no such file")
    assert "folder" in folder[2]


@pytest.mark.parametrize(
    ("command", "wrong"),
    [("run", {"FETCH_ALLOW": "foo"}), ("status", {"ALLOWED_CHATS": "qq", "SLACK_COMMAND": "x"})],
)
def test_all_wrong_settings_are_said_before_anything_starts(operator, monkeypatch, command, wrong):
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)

    code, told, said = operator(command)

    assert (code, told) == (2, "")
    assert [line.partition(":")[0] for line in said.splitlines()] == sorted(wrong, reverse=True)
    assert operator("doctor")[0] == 1
