"""A message becomes what a person would see of it in a chat, drawn in the terminal."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.box import ROUNDED
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.panel import Panel
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from bot.chats.plain import literal
from bot.message import Button, Mark, Message, Paragraph, Run
from digests.model import Article, Figure, Modifier, Quote
from digests.text import squeeze

WIDTH = 84  # columns: longer lines are hard to read


def show(message: Message, *, console: Console | None = None, title: str | None = None) -> None:
    """Draw `message` in a frame; colours and links only where the terminal has them."""
    target = console or Console()
    width = min(WIDTH, target.width)
    target.print(Panel(drawn(message), title=title and Text(title), box=ROUNDED, width=width, padding=(1, 2)))


def show_facts(article: Article, *, heading: str, console: Console | None = None) -> None:
    """List the quotes and figures of `article` in its order, with who said what, and values as data."""
    target = console or Console()
    target.print(Text(literal(heading), style="bold"), soft_wrap=True)
    for title, lines in (
        ("Quotes", [_quote(quote) for quote in article.quotes]),
        ("Figures", [_figure(figure) for figure in article.figures]),
    ):
        target.print(Text(f"\n{title}" if lines else f"\n{title}: none", style="bold cyan"))
        for line in lines:
            target.print(line, soft_wrap=True)


def drawn(message: Message) -> RenderableType:
    """Return `message` as something that rich can print."""
    return Group(*_lines(message))


def _lines(message: Message) -> Iterator[RenderableType]:
    for number, paragraph in enumerate(message.paragraphs):
        if number and paragraph.starts_block:
            yield Text()
        yield _line(paragraph)
        if paragraph.mark is Mark.HEADING and number + 1 < len(message.paragraphs):
            yield Text()
    for row in message.buttons:
        yield Padding(Text("  ").join(_button(button) for button in row), (1, 0, 0, 0))


def _line(paragraph: Paragraph) -> RenderableType:
    text = Text.assemble(*(_run(run, paragraph.mark) for run in paragraph.runs))
    if paragraph.mark is Mark.QUOTE:
        return _Barred(text)
    if paragraph.mark is Mark.ITEM:
        return Padding(Text.assemble("• ", text), (0, 0, 0, 2))
    return text


def _run(run: Run, mark: Mark) -> Text:
    style = Style(
        bold=run.bold or mark is Mark.HEADING,
        italic=run.italic,
        dim=mark is Mark.NOTE,
        color="yellow" if run.code else None,
        link=run.href and literal(run.href),
    )
    return Text(literal(run.text), style=style)


def _button(button: Button) -> Text:
    return Text(f"[ {literal(button.label)} ]", style="reverse")


@dataclass(frozen=True, slots=True)
class _Barred:
    """A text with a bar at its left, on every line."""

    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """See rich's protocol of renderables."""
        inner = options.update_width(max(1, options.max_width - 4))
        for line in console.render_lines(self.text, inner, pad=False):
            yield Segment("  ▎ ", Style(color="cyan"))
            yield from line
            yield Segment.line()


def _quote(quote: Quote) -> Text:
    who = quote.speaker or "speaker not sure"
    role = f", {quote.role}" if quote.role else ""
    cue = f" ({quote.cue})" if quote.cue else ""
    said = Text(f"  {_place(quote.rank)} “{literal(squeeze(quote.text))}”\n")
    more = " · continued" if quote.continues else ""
    return said.append(f"       — {literal(squeeze(who + role + cue))}{more}", style="dim")


def _figure(figure: Figure) -> Text:
    line = Text(f"  {_place(figure.rank)} ").append(literal(squeeze(figure.surface)), style="bold")
    line.append(f" = {_value(figure)}")
    if figure.concept:
        line.append(f" — {literal(squeeze(figure.concept))}")
    return line.append(f" ({literal(squeeze(figure.speaker))})" if figure.speaker else "")


def _value(figure: Figure) -> str:
    """Return the figure as data: "≥ 1,000 USD", "3–5 %"."""
    signs = {Modifier.EXACT: "", Modifier.OVER: "≥ ", Modifier.UNDER: "≤ ", Modifier.ABOUT: "≈ "}
    end = "" if figure.value_max is None else f"–{figure.value_max:,f}"
    return f"{signs[figure.modifier]}{figure.value:,f}{end} {literal(figure.unit or '')}".rstrip()


def _place(rank: int | None) -> str:
    return f"{rank or '·':>3}"
