"""All an operator can set, from the environment and `.env`; all that is wrong is named at once.

What holds between two fields is checked at the later of them: a check of the whole section is left out by
pydantic as soon as one field is wrong.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from config.checks import each, hint, is_network, is_person, is_room, web_address, words

MASKED = SecretStr("")


class SettingsError(ValueError):
    """`str(self)` has a line for each wrong setting."""


class _Section(BaseSettings):
    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )


class Database(_Section):
    database_url: str = "sqlite:///data/pullquote.db"

    @field_validator("database_url")
    @classmethod
    def _with_driver(cls, url: str) -> str:
        """Name the asynchronous driver, so that the forms that hosts hand out just work."""
        for prefix, driver in _DRIVERS.items():
            if url.startswith(prefix) and url != prefix:
                named = driver + url.removeprefix(prefix).replace("sslmode=", "ssl=")  # libpq's word for it
                return named if driver.startswith("sqlite") else _with_parts(named)
        raise ValueError(_DATABASE_HINT)

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


_DATABASE_HINT = "write sqlite:///path/to/file.db or postgresql://user:password@host/name"
_DRIVERS = {
    "sqlite+aiosqlite:///": "sqlite+aiosqlite:///",
    "sqlite:///": "sqlite+aiosqlite:///",
    "postgresql+asyncpg://": "postgresql+asyncpg://",
    "postgresql://": "postgresql+asyncpg://",
    "postgres://": "postgresql+asyncpg://",
}


def _with_parts(url: str) -> str:
    """Return a URL that can be taken apart, and all of which the driver knows.

    Raises:
        ValueError: it can't: its port is no number, say.
    """
    from sqlalchemy.engine import make_url  # half a second that only commands with a database have
    from sqlalchemy.exc import ArgumentError

    try:
        query = make_url(url).query
    except (ArgumentError, ValueError):
        raise ValueError(_DATABASE_HINT) from None  # what it says holds the password
    if not set(query) <= _OPTIONS or query.get("ssl", "require") not in _SSL:
        raise ValueError(f"after the ? write sslmode={', '.join(_SSL)}, or nothing: the driver takes no more")
    return url


_OPTIONS = frozenset(("ssl", "host", "port", "prepared_statement_cache_size"))
_SSL = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")


class Telegram(_Section):
    telegram_bot_token: SecretStr = MASKED
    telegram_api_base: str = "https://api.telegram.org"  # we add /bot and /file/bot
    send_rate: float = Field(28, ge=0, le=1000, allow_inf_nan=False)  # a second; Telegram allows about 30
    telegram_paid_broadcast: bool = False  # digests beyond 30 a second for Stars: SEND_RATE may go to 1000

    @field_validator("telegram_api_base")
    @classmethod
    def _address(cls, base: str) -> str:
        return web_address(base, such_as="https://api.telegram.org")

    @property
    def is_set(self) -> bool:
        return bool(self.telegram_bot_token.get_secret_value())


class Slack(_Section):
    slack_bot_token: SecretStr = MASKED
    slack_app_token: SecretStr = MASKED  # Socket Mode
    slack_api_base: str = "https://slack.com/api/"
    slack_command: str = "/digest"

    @property
    def is_set(self) -> bool:
        return bool(self.slack_bot_token.get_secret_value())

    @field_validator("slack_app_token")
    @classmethod
    def _both_or_none(cls, token: SecretStr, info: ValidationInfo) -> SecretStr:
        if bool(info.data["slack_bot_token"].get_secret_value()) != bool(token.get_secret_value()):
            raise ValueError("SLACK_BOT_TOKEN (xoxb-…) and SLACK_APP_TOKEN (xapp-…) go together: set both")
        return token

    @field_validator("slack_api_base")
    @classmethod
    def _address(cls, base: str) -> str:
        return web_address(base, such_as="https://slack.com/api/")

    @field_validator("slack_command")
    @classmethod
    def _slash(cls, command: str) -> str:
        if not re.fullmatch(r"/[a-z0-9_-]{1,31}", command):
            raise ValueError("write a slash, then up to 31 of a-z, 0-9, - and _, such as /digest")
        return command


class Collection(_Section):
    fetch_allow: Annotated[tuple[str, ...], NoDecode] = ()  # ip:port or cidr; private ones are refused else
    fetch_concurrency: int = Field(64, ge=1, le=1000)
    host_gap_seconds: float = Field(1.0, ge=0, allow_inf_nan=False)  # between two requests to one host
    poll_min_seconds: int = Field(900, ge=1)  # no feed is asked more often; see `poll_min`
    respect_robots: bool = True  # for pages; feeds are made for machines
    keep_text_days: int = Field(14, ge=4, le=3650)  # of articles; digests look back three days
    keep_facts_days: int = Field(90, ge=4, le=3650)  # with titles and links
    contact: str = "https://example.org/pullquote"  # in the User-Agent, for those whose pages we read

    @field_validator("keep_facts_days")
    @classmethod
    def _facts_outlive_texts(cls, days: int, info: ValidationInfo) -> int:
        if days < info.data.get("keep_text_days", 0):  # which may be wrong itself
            raise ValueError("write at least as much as KEEP_TEXT_DAYS: an article goes whole")
        return days

    @property
    def keep_text(self) -> timedelta:
        return timedelta(days=self.keep_text_days)

    @property
    def keep_facts(self) -> timedelta:
        return timedelta(days=self.keep_facts_days)

    @property
    def poll_min(self) -> timedelta:
        return timedelta(seconds=self.poll_min_seconds)

    @field_validator("fetch_allow", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return words(value)

    @field_validator("fetch_allow")
    @classmethod
    def _networks(cls, entries: tuple[str, ...]) -> tuple[str, ...]:
        return each(entries, is_network, form="ip, ip:port, [ip]:port or a network such as 10.1.2.0/24")


class Access(_Section):
    # "telegram:1", "slack:T1:C1", "slack:T1" for its team; empty: open to all
    allowed_chats: Annotated[tuple[str, ...], NoDecode] = ()
    admins: Annotated[tuple[str, ...], NoDecode] = ()  # "telegram:1", "slack:T1/U1"

    @field_validator("allowed_chats", "admins", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return words(value)

    @field_validator("allowed_chats")
    @classmethod
    def _rooms(cls, entries: tuple[str, ...]) -> tuple[str, ...]:
        form = "telegram:ID, slack:TEAM:CHANNEL or slack:TEAM, by the platform's ids"
        return each(entries, is_room, form=form)

    @field_validator("admins")
    @classmethod
    def _people(cls, entries: tuple[str, ...]) -> tuple[str, ...]:
        return each(entries, is_person, form="telegram:ID or slack:TEAM/USER, by the platform's ids")


class Web(_Section):
    port: int | None = Field(None, ge=1, le=65535)  # None: no HTTP
    host: str = "127.0.0.1"
    public_url: str | None = None  # where the world reaches us
    metrics_token: SecretStr = MASKED  # without one, /metrics answers this machine alone

    @field_validator("public_url")
    @classmethod
    def _without_slash(cls, url: str | None) -> str | None:
        """Take a web address; paths are added to it."""
        return url and web_address(url, such_as="https://news.example.org").rstrip("/")


class Process(_Section):
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"
    on_uncertain: Literal["resend", "hold"] = "resend"  # a part that may have arrived
    engine: Literal["inprocess", "procrastinate"] | None = None  # None: as the roles of a process need


@dataclass(frozen=True, slots=True)
class Settings:
    """One attribute a section."""

    database: Database
    telegram: Telegram
    slack: Slack
    collection: Collection
    access: Access
    web: Web
    process: Process


def read_settings(*, env_file: Path | None = Path(".env")) -> Settings:
    """Return every section as the environment has it.

    Raises:
        SettingsError: with a line for each setting that is wrong.
    """
    _check_readable(env_file)
    wrong: list[str] = []
    settings = Settings(
        database=_read(Database, wrong, env_file),
        telegram=_read(Telegram, wrong, env_file),
        slack=_read(Slack, wrong, env_file),
        collection=_read(Collection, wrong, env_file),
        access=_read(Access, wrong, env_file),
        web=_read(Web, wrong, env_file),
        process=_read(Process, wrong, env_file),
    )
    if wrong:
        raise SettingsError("\n".join(wrong))
    return settings


S = TypeVar("S", bound=_Section)


def _check_readable(env_file: Path | None) -> None:
    try:
        if env_file is not None and env_file.is_file():
            env_file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SettingsError(f"{env_file} can't be read: {why}") from error


def _read(section: type[S], wrong: list[str], env_file: Path | None) -> S:
    try:
        return section(_env_file=env_file)
    except ValidationError as error:
        wrong += [_line(dict(problem)) for problem in error.errors()]
        return section.model_construct()  # type: ignore[return-value]  # pydantic loses the type


def _line(problem: dict[str, Any]) -> str:
    """Return one line for one problem; never the value itself, which may be a secret."""
    return f"{str(problem['loc'][0]).upper()}: {hint(problem)}"
