"""The languages that we speak: what we say in English, in the words of another language.

A language is a file of translations (.po) here, and its name in `LANGUAGES`. It is read as it is: there is
nothing to compile. `docs/languages.md` says how to add one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = {"en": "English", "de": "Deutsch"}
ENGLISH = "en"
_HERE = Path(__file__).parent
_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say all that is said inside in a language; in English, if we do not speak it."""
    token = _spoken.set(ours(language))
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> str:
    """Return the language in which an answer is being given."""
    return _spoken.get()


def said(template: str) -> str:
    """Return a sentence of ours in the language that is spoken."""
    return translations(spoken()).gettext(template) if template else template


def ours(language: str | None) -> str:
    """Return the language among ours that an IETF tag like "de-AT" asks for; English, if none."""
    short = (language or "").replace("_", "-").partition("-")[0].casefold()
    return short if short in LANGUAGES else ENGLISH


@cache
def translations(locale: str) -> NullTranslations:
    """Return the translations of the language of a locale ("de", "de_AT")."""
    path = _HERE / f"{ours(locale)}.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return GNUTranslations(compiled)
