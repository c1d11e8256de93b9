"""All that a digest says in our own words. Each is a whole sentence, ready to be translated by gettext."""

from datetime import datetime

from babel import Locale
from babel.dates import format_date

from bot.locales import translations
from digests.model import FeedState

CUT = "[...]"  # words of the source are left out here
_ANGLES = ("«", "»")
_MARKS = {"de": ("„", "“"), "uk": _ANGLES, "ru": _ANGLES, "fr": _ANGLES, "es": _ANGLES, "it": _ANGLES}


def quoted(words: str, *, locale: str) -> str:
    """Return `words` in the quotation marks of the language."""
    opening, closing = _MARKS.get(_parsed(locale).language, ("“", "”"))
    return f"{opening}{words}{closing}"


def day(moment: datetime, *, locale: str) -> str:
    """Return the heading of a digest: "Thursday, November 26, 2026"."""
    return format_date(moment, "full", locale=_parsed(locale))


def nothing_new(*, locale: str) -> str:
    """Return what an empty digest says; it may be the first one, so it names none before."""
    return translations(locale).gettext("Nothing new from your sources this time. Enjoy the quiet.")


def nothing_today(*, locale: str) -> str:
    return translations(locale).gettext("Nothing in the last day from your sources.")


def still_reading(pages: int, *, locale: str) -> str:
    """Return what is said while sources are read; how many pages there will be is not always known."""
    if not pages:
        return translations(locale).gettext("Still reading your sources. Ask again in a minute.")
    sentence = translations(locale).ngettext(
        "Still reading your sources: {count} page to go. Ask again in a minute.",
        "Still reading your sources: {count} pages to go. Ask again in a minute.",
        pages,
    )
    return sentence.format(count=pages)


def trouble(source: str, state: FeedState, *, locale: str) -> str | None:
    """Return what keeps a source out of the digest, or None if nothing does."""
    sentence = _TROUBLE.get(state)
    return None if sentence is None else translations(locale).gettext(sentence).format(source=source)


def more_trouble(count: int, *, locale: str) -> str:
    sentence = translations(locale).ngettext(
        "{count} more source cannot be read.", "{count} more sources cannot be read.", count
    )
    return sentence.format(count=count)


_TROUBLE = {
    FeedState.FAILING: "{source} does not answer.",
    FeedState.REFUSED: "{source} refuses to be read.",
    FeedState.GONE: "{source} is gone for good.",
    FeedState.QUARANTINED: "{source} is too broken to read.",
}


def late(*, locale: str) -> str:
    return translations(locale).gettext("This digest comes late. Sorry for the wait.")


def possible_repeat(*, locale: str) -> str:
    return translations(locale).gettext("(possible repeat)")


def more(count: int, *, locale: str) -> str:
    sentence = translations(locale).ngettext(
        "{count} more story, left out to keep this short.",
        "{count} more stories, left out to keep this short.",
        count,
    )
    return sentence.format(count=count)


def also_in(*, locale: str) -> str:
    """Return what precedes the list of other outlets."""
    return translations(locale).gettext("Also in: ")


def in_outlets(count: int, *, locale: str) -> str:
    """Return how many outlets give the same figure."""
    return translations(locale).ngettext("in {count} outlet", "in {count} outlets", count).format(count=count)


def cut_differently(*, locale: str) -> str:
    """Return what is said of a quote of which other outlets give less."""
    return translations(locale).gettext("shorter elsewhere")


def before(figures: str, *, locale: str) -> str:
    """Return what is said of a figure that has moved: "before: 12 (Thursday)"."""
    return translations(locale).gettext("before: {figures}").format(figures=figures)


def update(*, locale: str) -> str:
    """Return what precedes a story that the reader knows, where a figure has moved."""
    return translations(locale).gettext("Update: ")


def weekday(moment: datetime, *, locale: str) -> str:
    return format_date(moment, "EEEE", locale=_parsed(locale))


def at_least(figure: str, *, locale: str) -> str:
    return translations(locale).gettext("at least {figure}").format(figure=figure)


def at_most(figure: str, *, locale: str) -> str:
    return translations(locale).gettext("at most {figure}").format(figure=figure)


def about(figure: str, *, locale: str) -> str:
    return translations(locale).gettext("about {figure}").format(figure=figure)


def up(figure: str, *, locale: str) -> str:
    """Return a change that went up: "up 38%"."""
    return translations(locale).gettext("up {figure}").format(figure=figure)


def down(figure: str, *, locale: str) -> str:
    return translations(locale).gettext("down {figure}").format(figure=figure)


def unnamed_source(*, locale: str) -> str:
    """Return who spoke where the article names nobody."""
    return translations(locale).gettext("speaker not named")


def _parsed(locale: str) -> Locale:
    return Locale.parse(locale, sep="-" if "-" in locale else "_")
