"""Messages become a page for a browser: one digest, or side by side what each chat shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from bot.message import Button, Mark, Message, Paragraph, Run


@dataclass(frozen=True, slots=True)
class Pane:
    """What one chat shows: who said what, the oldest first."""

    title: str  # "Telegram"
    note: str  # "Olena · Europe/Kyiv · Friday 08:00"
    lines: Sequence[tuple[str, Message | str]]  # who, and what: a message of ours or a person's words


def digest_page(message: Message) -> str:
    """Return a page that holds one digest."""
    return _page("Pullquote", f'<main class="one">{_message(message)}</main>')


def chats_page(title: str, intro: str, panes: Iterable[Pane]) -> str:
    """Return a page that shows several chats side by side."""
    head = f"<header><h1>{escape(title)}</h1><p>{escape(intro)}</p></header>"
    return _page(title, f'{head}<main class="panes">{"".join(map(_pane, panes))}</main>')


def _pane(pane: Pane) -> str:
    lines = "".join(_line(who, what) for who, what in pane.lines)
    head = f"<h2>{escape(pane.title)}</h2><p class=note>{escape(pane.note)}</p>"
    return f'<section class="pane {escape(pane.title.lower())}">{head}{lines}</section>'


def _line(who: str, what: Message | str) -> str:
    if isinstance(what, Message):
        return f'<article class="bot"><b class="who">{escape(who)}</b>{_message(what)}</article>'
    return f'<article class="person"><b class="who">{escape(who)}</b><p>{escape(what)}</p></article>'


def _message(message: Message) -> str:
    rows = "".join(f'<div class="buttons">{"".join(map(_button, row))}</div>' for row in message.buttons)
    return "".join(map(_paragraph, message.paragraphs)) + rows


def _paragraph(paragraph: Paragraph) -> str:
    inner = "".join(map(_run, paragraph.runs)).replace("\n", "<br>")
    tag = _TAGS[paragraph.mark]
    start = ' class="start"' if paragraph.starts_block else ""
    if paragraph.mark is Mark.NOTE:
        return f'<p class="note">{inner}</p>'
    if paragraph.mark is Mark.ITEM:
        return f'<p class="item">{inner}</p>'
    return f"<{tag}{start}>{inner}</{tag}>"


_TAGS = {Mark.HEADING: "h3", Mark.TEXT: "p", Mark.QUOTE: "blockquote", Mark.ITEM: "p", Mark.NOTE: "p"}


def _run(run: Run) -> str:
    html = escape(run.text)
    for is_on, tag in ((run.code, "code"), (run.italic, "i"), (run.bold, "b")):
        html = f"<{tag}>{html}</{tag}>" if is_on else html
    if run.href and run.href.startswith(("http://", "https://")):
        html = f'<a href="{escape(run.href)}" rel="noopener noreferrer">{html}</a>'
    return html


def _button(button: Button) -> str:
    return f'<span class="button">{escape(button.label)}</span>'


def _page(title: str, body: str) -> str:
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>{body}</body></html>\n"
    )


_STYLE = """
:root { color-scheme: light dark; --ink: #1c1e21; --soft: #65696f; --paper: #f3f2ee; --card: #fff;
  --line: #d9d6cd; --link: #0b5fa5; --mine: #dcf3d3; --quote: #b4552d; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e6e1; --soft: #a2a09a; --paper: #17181a;
  --card: #232528; --line: #3a3c40; --link: #7db8ec; --mine: #23402a; --quote: #e0936c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
header { max-width: 76rem; margin: 0 auto; padding: 2rem 1.25rem 0; }
h1 { margin: 0; font-size: 1.6rem; } header p { margin: .25rem 0 0; color: var(--soft); max-width: 46rem; }
.panes { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr));
  gap: 1.5rem; max-width: 76rem; margin: 0 auto; padding: 1.25rem; align-items: start; }
.one { max-width: 42rem; margin: 0 auto; padding: 1.5rem; background: var(--card); }
.pane h2 { margin: 0; font-size: 1.1rem; }
.pane > .note { margin: 0 0 .75rem; }
article { background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
  padding: .75rem 1rem; margin: 0 0 .75rem; overflow-wrap: anywhere; }
article.person { background: var(--mine); width: fit-content; max-width: 90%; margin-left: auto; }
article p, article h3, article blockquote { margin: .35rem 0; }
article.person p { margin: 0; white-space: pre-wrap; }
.who { display: block; font-size: .8rem; color: var(--soft); }
h3 { font-size: 1.15rem; }
.start { padding-top: .9rem; font-size: 1.05rem; }
blockquote { border-left: 3px solid var(--quote); padding: .1rem 0 .1rem .75rem; }
.item { padding-left: 1rem; text-indent: -1rem; } .item::before { content: "•"; padding-right: .6rem; }
.note { color: var(--soft); font-size: .875rem; }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
code { background: var(--paper); border-radius: .25rem; padding: .05rem .3rem; font-size: .9em; }
.buttons { display: flex; flex-wrap: wrap; gap: .4rem; margin: .5rem 0 0; }
.button { border: 1px solid var(--line); border-radius: .5rem; padding: .25rem .75rem; font-size: .875rem; }
"""
