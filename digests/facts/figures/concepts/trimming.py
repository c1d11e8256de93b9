"""A phrase's tokens become at most eight words, with no loose end."""

from digests.facts.figures.concepts.places import Range
from digests.facts.figures.concepts.words import ASKS, LINKS, OPENERS
from digests.facts.figures.tokens import Sentence

LONGEST = 8  # words
_SHORTEST = 3  # words that a phrase keeps
_LOOSE_AT_THE_END = LINKS | OPENERS | frozenset("and or when as - while after who".split())


def trimmed(sentence: Sentence, found: Range) -> list[str]:
    """Return the tokens `found` as words that can stand alone: at most `LONGEST`, perhaps none."""
    words = _joined(sentence, found)
    if len(words) > LONGEST:
        words = _shortened(words)
    while words and words[-1].lower() in _LOOSE_AT_THE_END and not _asks_for(words):
        words.pop()
    while words and words[0].lower() in OPENERS:
        words.pop(0)
    return words


def _joined(sentence: Sentence, found: Range) -> list[str]:
    """Put together what is written without a space: "start", "-", "up"."""
    first, end = found
    words: list[str] = []
    for at in range(first, end):
        if words and sentence.tight(at):
            words[-1] += sentence.words[at]
        else:
            words.append(sentence.words[at])
    if words and words[-1].endswith("-") and end < sentence.size and sentence.tight(end):
        words[-1] += sentence.words[end]  # the range ended inside "start-up"
    return words


def _shortened(words: list[str]) -> list[str]:
    """Cut a phrase that is too long, before a link rather than inside what hangs on it."""
    links = [at for at, word in enumerate(words[: LONGEST + 1]) if word in LINKS]
    return words[: links[-1]] if links and links[-1] >= _SHORTEST else words[:LONGEST]


def _asks_for(words: list[str]) -> bool:
    """Do the words end in "had asked for", where the figure is what was asked for?"""
    return len(words) > 2 and words[-1] == "for" and words[-2] in ASKS
