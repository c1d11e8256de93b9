"""What an operator types: `pullquote ...`."""

import asyncio
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

FAILED, MISUSED = 1, 2

cli = typer.Typer(
    name="pullquote",
    help="The news digest bot that quotes people exactly and keeps the numbers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run a command; an error is one line on stderr with what to do next, and an exit code."""
    try:
        cli()
    except KeyboardInterrupt:
        _give_up("Interrupted.", code=FAILED)
    except Exception as error:
        code = _code_of(error)
        if code is None:
            raise
        _give_up(str(error), code=code)


@cli.command()
def demo(
    folder: Annotated[Path, typer.Option(help="Where index.html is written.")] = Path("demo"),
) -> None:
    """Run the whole job on this machine: no account, key or network needed."""
    from bot.cli.demo import run_demo

    sys.exit(asyncio.run(run_demo(folder)))


@cli.command()
def facts(
    sources: Annotated[list[str] | None, typer.Argument(metavar="[PATH, URL or -]...")] = None,
    form: Annotated[str, typer.Option("--format", help="text, json or jsonl")] = "text",
    lang: Annotated[str, typer.Option(help="The language the text is in.")] = "en",
) -> None:
    """Print the quotes and figures of articles: files, pages on the web, or stdin (-)."""
    from bot.cli.facts import print_facts

    sys.exit(print_facts(sources or ["-"], form=_one_of(form, "text", "json", "jsonl"), language=lang))


@cli.command()
def stories() -> None:
    """Read article lines from stdin; print which story each belongs to."""
    from bot.cli.facts import print_stories

    sys.exit(print_stories(sys.stdin.buffer, sys.stdout))


@cli.command()
def preview(
    feed: Annotated[list[str] | None, typer.Option(help="A feed's URL; may be given again.")] = None,
    opml: Annotated[Path | None, typer.Option(help="An OPML file of feeds.")] = None,
    form: Annotated[str, typer.Option("--format", help="text, html, telegram, slack or json")] = "text",
    why: Annotated[bool, typer.Option("--why", help="Print what became of each article, too.")] = False,
) -> None:
    """Fetch feeds and print the digest that would be sent."""
    from bot.cli.preview import print_preview

    chosen = _one_of(form, "text", "html", "telegram", "slack", "json")
    sys.exit(asyncio.run(print_preview(feed or [], opml=opml, form=chosen, why=why)))


@cli.command()
def run(
    roles: Annotated[str | None, typer.Option(help="web,worker,clock; all of them if not given")] = None,
) -> None:
    """Run the bot until it is told to stop."""
    signal.signal(signal.SIGTERM, _end)  # until `bot.app.run` listens itself: to load it takes a second
    from bot.app import run as run_app
    from bot.cli.database import check_database
    from bot.roles import engine_for, roles_of

    settings, chosen = _settings(), roles_of(roles)
    engine_for(chosen, asked=settings.process.engine, is_sqlite=settings.database.is_sqlite)
    asyncio.run(check_database(settings))
    asyncio.run(run_app(settings, roles=chosen))


@cli.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    from bot.cli.database import bring_up_to_date

    asyncio.run(bring_up_to_date(_settings()))
    typer.echo("The database is up to date.")


@cli.command()
def status(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Tell what is owed, what was sent, and what needs you."""
    from bot.cli.status import print_status

    sys.exit(asyncio.run(print_status(_settings_of_a_question(), now=_now(), as_json=as_json)))


@cli.command()
def erase(
    chat: Annotated[str, typer.Argument(metavar="CHAT", help="As in `status`: telegram:7, slack:T1:C1")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase all that is kept about a chat; the bot may run meanwhile."""
    from bot.cli.erase import address_of, erase_chat

    address = address_of(chat)
    if not yes:
        typer.confirm(f"Erase all that is kept about {address}? It cannot be undone.", abort=True)
    sys.exit(asyncio.run(erase_chat(_settings_of_a_question(), address)))


Parts = Annotated[list[int] | None, typer.Argument(metavar="[ID]...", help="Of parts, as in `status`.")]
All = Annotated[bool, typer.Option("--all", help="Every part that is in doubt.")]


@cli.command()
def resend(ids: Parts = None, every: All = False) -> None:
    """Send parts once more that may have arrived, marked as a possible repeat."""
    _settle(ids or [], every=every, resend=True)


@cli.command()
def drop(ids: Parts = None, every: All = False) -> None:
    """Let parts be that may have arrived: they are not sent again."""
    _settle(ids or [], every=every, resend=False)


Force = Annotated[bool, typer.Option("--force", help="Replace what is there.")]


@cli.command()
def backup(file: Annotated[Path, typer.Argument(metavar="FILE")], force: Force = False) -> None:
    """Copy all that must not be lost into one file; the bot may run meanwhile."""
    from bot.cli.backup import write_backup

    sys.exit(write_backup(_settings_of_a_question(), file, force=force))


@cli.command()
def restore(file: Annotated[Path, typer.Argument(metavar="FILE")], force: Force = False) -> None:
    """Make the database what a backup holds. Stop the bot first."""
    from bot.cli.backup import read_backup

    sys.exit(asyncio.run(read_backup(_settings_of_a_question(), file, force=force, now=_now())))


@cli.command()
def doctor() -> None:
    """Check settings, clock, database and tokens, and say what to do about what is wrong."""
    from bot.cli.doctor import examine

    sys.exit(asyncio.run(examine()))


sources = typer.Typer(no_args_is_help=True, help="The operator's own feeds: offered to all, always read.")
cli.add_typer(sources, name="sources")
Topic = Annotated[str, typer.Option(help="The topic under which people find it.")]


@sources.command("add")
def sources_add(urls: Annotated[list[str], typer.Argument(metavar="URL...")], topic: Topic = "Picks") -> None:
    """Read feeds, and list those that are."""
    from bot.cli.sources import add_sources

    sys.exit(asyncio.run(add_sources(_settings_of_a_question(), urls, topic=topic, now=_now())))


@sources.command("list")
def sources_list() -> None:
    """Print a line for each: address, title, topic, readers and state, set apart by tabs."""
    from bot.cli.sources import list_sources

    sys.exit(asyncio.run(list_sources(_settings_of_a_question())))


@sources.command("remove")
def sources_remove(url: str) -> None:
    """List a feed no more; whoever follows it keeps it."""
    from bot.cli.sources import remove_source

    sys.exit(asyncio.run(remove_source(_settings_of_a_question(), url)))


@sources.command("import")
def sources_import(
    file: Annotated[Path, typer.Argument(metavar="FILE.opml")], topic: Topic = "Picks"
) -> None:
    """List the feeds of an OPML file, those in a folder under its name."""
    from bot.cli.sources import import_sources

    sys.exit(asyncio.run(import_sources(_settings_of_a_question(), file, topic=topic, now=_now())))


@sources.command("export")
def sources_export() -> None:
    """Print the list as OPML."""
    from bot.cli.sources import export_sources

    sys.exit(asyncio.run(export_sources(_settings_of_a_question())))


manifests = typer.Typer(no_args_is_help=True, help="Print what a platform asks for to make an app.")
cli.add_typer(manifests, name="manifest")


@manifests.callback()
def _manifests() -> None:
    """Keep the platform's name a word of its own, while there is only one."""


@manifests.command("slack")
def manifest_slack(
    _socket: Annotated[bool, typer.Option("--socket", help="Socket Mode; as without it.")] = False,
    url: Annotated[str | None, typer.Option(help="A public address: not served yet.")] = None,
    command: Annotated[str, typer.Option(envvar="SLACK_COMMAND", help="The slash command.")] = "/digest",
) -> None:
    """Print the Slack app manifest to paste: the app listens by Socket Mode."""
    from bot.cli.manifest import print_manifest

    if url is not None:
        _give_up("Slack can't call us yet: leave --url out, and the app listens by itself.", code=MISUSED)
    sys.exit(print_manifest(command=command))


def _code_of(error: Exception) -> int | None:
    """Return how to exit after an error that says what to do; None of one that is a fault of ours."""
    from bot.errors import CommandFailed, Misconfigured
    from config.settings import SettingsError

    if isinstance(error, (Misconfigured, SettingsError)):
        return MISUSED
    return FAILED if isinstance(error, CommandFailed) else None


def _settle(ids: list[int], *, every: bool, resend: bool) -> NoReturn:
    from bot.cli.doubt import settle

    asked = settle(_settings_of_a_question(), ids, every=every, resend=resend, now=_now())
    sys.exit(asyncio.run(asked))


def _end(number: int, frame: object) -> NoReturn:
    """Obey a signal while there is nothing to bring to an end."""
    sys.exit(0)


def _settings() -> Any:
    """Return the settings, with logs set up as they say."""
    from config.logs import set_up
    from config.settings import read_settings

    settings = read_settings()
    set_up(settings.process.log_level, settings.process.log_format)
    return settings


def _settings_of_a_question() -> Any:
    """Return the settings for a command whose stdout is its answer: only warnings are told, on stderr."""
    from config.logs import set_up
    from config.settings import read_settings

    settings = read_settings()
    set_up("WARNING", settings.process.log_format, to=sys.stderr)
    return settings


def _now() -> datetime:
    from bot.clock import WallClock

    return WallClock()()


def _one_of(given: str, *known: str) -> str:
    if given not in known:
        _give_up(f"--format takes {', '.join(known)}; not {given}.", code=MISUSED)
    return given


def _give_up(message: str, *, code: int) -> NoReturn:
    typer.echo(message, err=True)
    sys.exit(code)
