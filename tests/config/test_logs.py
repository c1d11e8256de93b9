"""Secrets never reach a log line, in whatever form and at whatever level."""

import io
import json
import logging

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from config.logs import redact, set_up

TELEGRAM = "1234567890:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
SECRETS = {
    TELEGRAM: f"POST https://api.telegram.org/bot{TELEGRAM}/sendMessage",
    "12-34-abcDEF": "xoxb-12-34-abcDEF",
    "1-A0-99-fee1dead": "token=xapp-1-A0-99-fee1dead&x=1",
    "hunter2": "postgresql+asyncpg://bot:hunter2@db.example/news",
    "p@ss": "postgres://bot:p@ss@db.example/news",
    "sometoken": "GET https://sometoken@feeds.example/private.xml",
    "T0/B0/s3cr3t": "POST https://hooks.slack.com/commands/T0/B0/s3cr3t",
    "f00-ba2": "wss://wss-primary.slack.com/link/?ticket=f00-ba2&app_id=1",
}
cases = pytest.mark.parametrize(("secret", "line"), SECRETS.items())


@pytest.fixture(params=["console", "json"])
def lines(request):
    """Give what is logged, at DEBUG; leave logging as it was."""
    root, written = logging.getLogger(), io.StringIO()
    before = root.handlers[:], root.level
    set_up("DEBUG", request.param, to=written)
    yield written
    root.handlers[:], root.level = before
    structlog.reset_defaults()


@cases
def test_secret_is_hidden_and_the_rest_is_kept(secret, line):
    told = redact(line)

    assert secret not in told
    assert "<hidden>" in told
    assert line[:5] == told[:5] or line.startswith("xox")


@cases
def test_no_secret_leaks_from_our_own_lines(lines, secret, line):
    log = structlog.get_logger()

    log.debug(line, url=line, nested={"url": [line]})

    assert lines.getvalue()
    assert secret not in lines.getvalue()


@cases
def test_no_secret_leaks_from_a_librarys_lines(lines, secret, line):
    logging.getLogger("telegram.Bot").debug("calling %s with %r", line, {"url": line})

    assert lines.getvalue()
    assert secret not in lines.getvalue()


@cases
def test_no_secret_leaks_from_a_traceback(lines, secret, line):
    log = structlog.get_logger()
    try:
        raise RuntimeError(line)
    except RuntimeError:
        log.exception("it broke")
        logging.getLogger("aiohttp").exception("it broke")

    assert secret not in lines.getvalue()


def test_traceback_is_told_in_either_form(lines):
    log = structlog.get_logger()
    try:
        raise RuntimeError("the reason")
    except RuntimeError:
        log.exception("it broke")

    assert "RuntimeError" in lines.getvalue()
    assert "the reason" in lines.getvalue()
    assert "test_logs.py" in lines.getvalue()


def test_line_in_json_is_one_object_with_its_nouns():
    root, written = logging.getLogger(), io.StringIO()
    before = root.handlers[:], root.level
    set_up("INFO", "json", to=written)
    structlog.get_logger().info("feed read", feed=7, new=3)
    structlog.get_logger().debug("too fine")
    root.handlers[:], root.level = before
    structlog.reset_defaults()

    line = json.loads(written.getvalue())

    assert (line["event"], line["feed"], line["new"], line["level"]) == ("feed read", 7, 3, "info")
    assert line["timestamp"]


@given(st.text(alphabet="abcxyz ,.!?“”äß0123456789-"))
def test_ordinary_words_are_left_alone(words):
    assert redact(words) == words
