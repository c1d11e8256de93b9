"""How a log line looks; secrets never reach one."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Literal, TextIO

import structlog

# A Telegram token (also inside a URL), Slack's tokens and secret addresses, and credentials in a URL.
_SECRETS = re.compile(
    r"\d{6,}:[A-Za-z0-9_-]{20,}|xox[a-z]-[A-Za-z0-9-]+|xapp-[A-Za-z0-9-]+|(?<=://)[^/\s?#\"']+(?=@)"
    r"|(?<=hooks\.slack\.com/)[\w/-]+|(?<=[?&]ticket=)[^&\s\"']+"
)
_HIDDEN = "<hidden>"


def redact(text: str) -> str:
    """Return `text` without what looks like a token or a password."""
    return _SECRETS.sub(_HIDDEN, text)


def set_up(level: str, form: Literal["console", "json"], *, to: TextIO | None = None) -> None:
    """Send every log line of every library to stdout (or `to`) in one form, through the redaction."""
    shared: list[structlog.typing.Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _clean,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(to or sys.stdout)
    handler.setFormatter(_Redacted(foreign_pre_chain=shared, processors=[_drop_meta, *_renderers(form)]))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # A tick that takes longer than its beat is no trouble: the next one comes.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    for chatty in ("httpx", "alembic", "slack_bolt", "telegram.ext", "aiohttp.access"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLevelName(level)))


class _Redacted(structlog.stdlib.ProcessorFormatter):
    """The last look at a line, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def _clean(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: redact(value) if isinstance(value, str) else value for key, value in event.items()}


def _drop_meta(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return structlog.stdlib.ProcessorFormatter.remove_processors_meta(None, "", event)


def _renderers(form: str) -> list[structlog.typing.Processor]:
    if form == "json":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    # Plain: the library's own form shows the values of variables, tokens and people's words among them.
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty(), exception_formatter=plain)]
