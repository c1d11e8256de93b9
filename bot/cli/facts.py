"""Articles from files, the web or stdin become their facts, printed for people or for programs.

What reads pages and the web takes most of a second to load: it is loaded where a run needs it.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TextIO

from bot.cli.files import bytes_of
from bot.cli.lines import BadLine, article_from, fields_of, name_of
from bot.errors import CommandFailed
from digests.charset import text_of
from digests.errors import DigestsError
from digests.facts import facts_of
from digests.facts.quotes import LANGUAGES
from digests.form import facts_data
from digests.model import Article, Document, Entry
from digests.ports import Sandbox
from digests.stories import group

FAILED = 1
_STDIN = "-"
_WEB = ("http", "https")
_UNKNOWN = "--lang is none that we know ({known}): quotes are read as English, figures are not read."
_LEAST = 1  # sign: of a page that a person hands over, any text is an article
_MARKUP = ("<!doctype", "<html", "<?xml", "<head", "<body", "<article")


def print_facts(sources: Sequence[str], *, form: str, language: str) -> int:
    """Print the facts of every source; return the exit code. A source that fails never stops the rest."""
    _write_any_text(sys.stdout)
    if language not in LANGUAGES:
        print(_UNKNOWN.format(known=", ".join(LANGUAGES)), file=sys.stderr)
    if form == "jsonl":
        return asyncio.run(_print_lines(sys.stdin.buffer, sys.stdout, language=language))
    return asyncio.run(_print_sources(sources, form=form, language=language))


def print_stories(lines: Iterable[bytes], out: TextIO) -> int:
    """Print for each article line the story it belongs to, or what is wrong with the line; return 0.

    Articles of one event share a story.
    """
    _write_any_text(out)
    read = asyncio.run(_all_lines(lines))
    articles = [replace(line.article, id=at) for at, line in enumerate(read) if line.article]
    story = {a.id: n for n, story in enumerate(group(articles, ()), start=1) for a in story.articles}
    for at, line in enumerate(read):
        told = {"id": line.name.get("id"), "story": story[at]} if line.article else line.complaint
        _write(told, out)
    return 0


async def _print_sources(sources: Sequence[str], *, form: str, language: str) -> int:
    results: list[dict[str, Any]] = []
    code = 0
    async for source, outcome in _read_all(sources, language=language):
        if isinstance(outcome, CommandFailed):
            code = FAILED
            print(outcome, file=sys.stderr)
        elif form == "text":
            _show(source, outcome)
        else:
            results.append(_data(source, outcome, with_text=True))
    if form == "json":
        print(json.dumps(results, ensure_ascii=False, indent=2))
    return code


async def _read_all(
    sources: Sequence[str], *, language: str
) -> AsyncIterator[tuple[str, Article | CommandFailed]]:
    async with _Reading(language) as read:
        for source in sources:
            try:
                yield source, await read(source)
            except CommandFailed as error:
                yield source, error
            except DigestsError as error:
                yield source, CommandFailed(f"{source}: {error}")


class _Reading:
    """Read one source after another; network and sandbox are opened when first needed."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._sandbox: Sandbox | None = None
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> "_Reading":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def __call__(self, source: str) -> Article:
        """Return the article of a path, a URL or stdin, with its facts."""
        return _with_facts(await self._article(source))

    async def markup(self, told: Article, html: str) -> Article:
        """Return the article of HTML, with what is told of it already."""
        body = html.encode("utf-8", "replace")
        document = Document(url=told.url, body=body, media_type="text/html", charset="utf-8")
        article = await self._page(document, title=told.title, language=told.language)
        return replace(article, published=told.published or article.published)

    async def _article(self, source: str) -> Article:
        scheme, apart, _ = source.partition("://")
        if apart and scheme.lower() in _WEB:
            return await self._page(await self._fetched(source), language=self._language)
        if apart:
            raise CommandFailed(f"{source}: only http:// and https:// addresses are fetched")
        body = sys.stdin.buffer.read() if source == _STDIN else bytes_of(Path(source))
        document = Document(url=source, body=body)
        text = text_of(document)
        if text.lstrip()[:200].lower().startswith(_MARKUP):
            return await self._page(document, language=self._language)
        return Article(url=source, title="", text=text, language=self._language)

    async def _page(self, document: Document, *, language: str, title: str = "") -> Article:
        """Return the article of a page: foreign markup, so parsed in the sandbox."""
        from digests.articles import article_of
        from digests.sandbox import ProcessSandbox

        if self._sandbox is None:
            self._sandbox = await self._stack.enter_async_context(ProcessSandbox(workers=1))
        entry = Entry(guid=None, url=document.url, title=title)
        return await self._sandbox(article_of, document, entry, outlet="", language=language, least=_LEAST)

    async def _fetched(self, url: str) -> Document:
        from config.settings import read_settings
        from digests.articles import PAGE_LIMIT
        from digests.fetch import HttpFetch

        settings = read_settings().collection
        fetch = HttpFetch(contact=settings.contact, allow=settings.fetch_allow)
        async with fetch:
            document = await fetch(url, limit=PAGE_LIMIT)
        assert document is not None
        return document


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line of stdin holds: an article, or an error."""

    name: Mapping[str, Any]  # its "id", if it has one that we can read
    article: Article | None = None
    error: str = ""
    is_page: bool = False  # the text is ours, and goes with the answer

    @property
    def complaint(self) -> dict[str, Any]:
        return {**self.name, "error": self.error}


async def _print_lines(lines: Iterable[bytes], out: TextIO, *, language: str) -> int:
    """Answer each line with one line, in order; a bad one with its error."""
    async with _Reading(language) as read:
        for line in lines:
            _write(_facts_data(await _read_line(line, read, language=language, of=_with_facts)), out)
    return 0


async def _all_lines(lines: Iterable[bytes]) -> list[_Line]:
    async with _Reading("en") as read:
        return [await _read_line(line, read, language="en", of=_as_it_is) for line in lines]


async def _read_line(
    line: bytes, read: _Reading, *, language: str, of: Callable[[Article], Article]
) -> _Line:
    """Return what `of` makes of the line's article. Whatever the line holds, the next one has its turn."""
    name: dict[str, Any] = {}
    try:
        data = fields_of(line)
        name = name_of(data)
        article, is_page = article_from(data, language=language), data.get("text") is None
        if is_page:
            article = await read.markup(article, data["html"])
        return _Line(name, of(article), is_page=is_page)
    except (BadLine, DigestsError) as error:
        return _Line(name, error=str(error))
    except (ValueError, TypeError, RecursionError) as error:
        return _Line(name, error=f"the article is more than we can read ({type(error).__name__})")


def _facts_data(line: _Line) -> dict[str, Any]:
    if line.article is None:
        return line.complaint
    return _data(line.name.get("id"), line.article, with_text=line.is_page)


def _write(answer: dict[str, Any], out: TextIO) -> None:
    out.write(json.dumps(answer, ensure_ascii=False, allow_nan=False) + "\n")


def _as_it_is(article: Article) -> Article:
    return article


def _with_facts(article: Article) -> Article:
    return replace(article, facts=facts_of(article))


def _data(name: object, article: Article, *, with_text: bool) -> dict[str, Any]:
    data: dict[str, Any] = {"id": name, "title": article.title or None, "lang": article.language}
    if with_text:
        data["text"] = article.text
    return data | facts_data(article)


def _write_any_text(out: TextIO) -> None:
    """Let lone surrogates out as the escapes that JSON has for them."""
    if hasattr(out, "reconfigure"):
        out.reconfigure(encoding="utf-8", errors="backslashreplace")


def _show(source: str, article: Article) -> None:
    from bot.chats.terminal import show_facts

    show_facts(article, heading=article.title or source)
