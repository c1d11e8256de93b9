"""All an operator can set, from the environment and `.env`; all that is wrong is named at once."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

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
            if url.startswith(prefix):
                return driver + url.removeprefix(prefix).replace("sslmode=", "ssl=")  # libpq's word for it
        raise ValueError("give sqlite:///path/to/file.db or postgresql://user:password@host/name")

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


_DRIVERS = {
    "sqlite+aiosqlite://": "sqlite+aiosqlite://",
    "sqlite://": "sqlite+aiosqlite://",
    "postgresql+asyncpg://": "postgresql+asyncpg://",
    "postgresql://": "postgresql+asyncpg://",
    "postgres://": "postgresql+asyncpg://",
}


class Telegram(_Section):
    telegram_bot_token: SecretStr = MASKED
    telegram_api_base: str = "https://api.telegram.org"  # we add /bot and /file/bot
    send_rate: float = Field(28, ge=0, le=1000)  # messages a second; Telegram allows about 30; 0: no limit

    @property
    def is_set(self) -> bool:
        return bool(self.telegram_bot_token.get_secret_value())


class Slack(_Section):
    slack_bot_token: SecretStr = MASKED
    slack_app_token: SecretStr = MASKED  # Socket Mode
    slack_api_base: str = "https://slack.com/api/"
    slack_command: str = Field("/digest", pattern=r"^/[a-z0-9_-]{1,31}$")

    @property
    def is_set(self) -> bool:
        return bool(self.slack_bot_token.get_secret_value())

    @model_validator(mode="after")
    def _both_tokens(self) -> Self:
        if self.is_set != bool(self.slack_app_token.get_secret_value()):
            raise ValueError("SLACK_BOT_TOKEN (xoxb-) and SLACK_APP_TOKEN (xapp-) go together")
        return self


class Collection(_Section):
    fetch_allow: Annotated[tuple[str, ...], NoDecode] = ()  # ip:port or cidr; private ones are refused else
    fetch_concurrency: int = Field(64, ge=1, le=1000)
    host_gap_seconds: float = Field(1.0, ge=0)  # between two requests to one host (name and port)
    poll_min_seconds: int = Field(900, ge=1)  # no feed is asked more often; see `poll_min`
    respect_robots: bool = True  # for pages; feeds are made for machines
    keep_text_days: int = Field(14, ge=4, le=3650)  # of articles; digests look back three days
    keep_facts_days: int = Field(90, ge=4, le=3650)  # with titles and links
    contact: str = "https://example.org/pullquote"  # in the User-Agent, for those whose pages we read

    @model_validator(mode="after")
    def _facts_outlive_texts(self) -> Self:
        if self.keep_facts_days < self.keep_text_days:
            raise ValueError("KEEP_FACTS_DAYS is at least KEEP_TEXT_DAYS: an article goes whole")
        return self

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
        return _words(value)


class Access(_Section):
    allowed_chats: Annotated[tuple[str, ...], NoDecode] = ()  # "telegram:1"; empty: open to all
    admins: Annotated[tuple[str, ...], NoDecode] = ()  # "telegram:1", "slack:T1/U1"

    @field_validator("allowed_chats", "admins", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return _words(value)


class Web(_Section):
    port: int | None = Field(None, ge=1, le=65535)  # None: no HTTP
    host: str = "127.0.0.1"
    public_url: str | None = None  # where the world reaches us
    metrics_token: SecretStr = MASKED  # without one, /metrics answers this machine alone

    @field_validator("public_url")
    @classmethod
    def _without_slash(cls, url: str | None) -> str | None:
        """Take a web address; paths are added to it."""
        if url is not None and not url.startswith(("https://", "http://")):
            raise ValueError("give the address that people reach, such as https://news.example.org")
        return url and url.rstrip("/")


class Process(_Section):
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"
    on_uncertain: Literal["resend", "hold"] = "resend"  # a part that may have arrived


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


def _read(section: type[S], wrong: list[str], env_file: Path | None) -> S:
    try:
        return section(_env_file=env_file)
    except ValidationError as error:
        wrong += [_line(dict(problem)) for problem in error.errors()]
        return section.model_construct()  # type: ignore[return-value]  # pydantic loses the type


def _line(problem: dict[str, Any]) -> str:
    """Return one line for one problem; never the value itself, which may be a secret."""
    name = ".".join(str(part) for part in problem["loc"]).upper()
    said = str(problem["msg"]).removeprefix("Value error, ")
    return f"{name}: {said}" if name else said


def _words(value: object) -> object:
    return (
        tuple(word.strip() for word in value.split(",") if word.strip()) if isinstance(value, str) else value
    )
