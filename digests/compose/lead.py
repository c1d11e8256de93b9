"""An article becomes its lead: the one sentence, word for word, that says best who did what."""

import re
from collections.abc import Sequence
from itertools import islice

from digests.compose.theme import Theme, telling_words
from digests.model import Article, CitedQuote, Span
from digests.text import each_sentence, fold, squeeze

_LOOKED_AT = 6  # sentences at the top of an article
_SHORT = 40  # characters
_LONG = 300
_LATER = 0.3  # what it costs to stand one sentence further down
_TITLE = 0.5  # what a word of the title is worth, next to one that another article uses
_FAULT = 0.7  # what it costs to hang on the sentence before, or to speak to the reader
_SAME = 0.8  # share of a sentence's telling words in the headline: it says nothing new then
_SIGNS = re.compile(r"[\W_]+")
_LEAST_TOLD = 12  # letters; shorter words shown below may stand here too
# Where an agency's report was written: "LUNDBY, May 3 (Meridian) - ". A digest names the outlet itself.
_DATELINE = re.compile(
    r"^(?:[A-Z]{3,}|ST\.)[A-Z .,/'’-]{0,40}(?:\w{3,9}\.? \d{1,2} ?)?(?:\([^)]{2,30}\))?"
    r" ?[-–—] +(?=[“\"]?[A-Z])"
)
_NO_SENTENCE = re.compile(
    r"^(?:By [A-Z]|(?:Additional )?[Rr]eporting by|(?:File )?[Pp]hoto|Photograph|Image|Picture|Caption)\b"
    r"|^(?:Credit|Video|Watch|Read|Listen|Subscribe|Sign up|Follow|(?:Last )?[Uu]pdated|Published)\b"
    r"|\b(?:Getty Images|AP Photo)\b|^[^.!?]*$|\?\W*$"
)
_HANGS = re.compile(
    r"^[“\"'‘]?(?:He|She|It|They|This|That|These|Those|But|And|So|Yet|Or|His|Her|Their|Its|There|Here|Then|Now"
    r"|Such|Instead|However|Meanwhile)\b"
    r"|^(?:On|In|At|By|After|Before|Since)\b[^,]{0,40},? (?:he|she|it|they)\b"
    r"|\b(?:I|[Ww]e|[Yy]ou|[Yy]our|[Mm]y|[Oo]ur|us|me)\b(?!\.)"
)


def lead_of(article: Article, theme: Theme, quotes: Sequence[CitedQuote]) -> str | None:
    """Return the best of the first sentences: early, and in words of the title and of the other articles.

    Not one that only says the headline again, a piece of somebody's words or what `quotes` show anyway, a
    question, a caption or a byline. None where no sentence will do.
    """
    title = telling_words(article.title)
    shown = [letters for cited in quotes for letters in _letters_shown(cited)]
    quoted = [quote.span for quote in article.quotes]
    best: tuple[float, str] | None = None
    for place, span in enumerate(islice(each_sentence(article.text), _LOOKED_AT)):
        sentence = _DATELINE.sub("", squeeze(span.of(article.text)), count=1)
        if not _may_lead(span, sentence, quoted, shown):
            continue
        words = telling_words(sentence)
        if len(words & title) >= _SAME * len(words):
            continue
        told = theme.told_in(words, article) + _TITLE * len(words & title) / len(words) ** 0.5
        worth = told - _LATER * place - _FAULT * bool(_HANGS.search(sentence))
        if best is None or worth > best[0]:
            best = worth, sentence
    return best[1] if best else None


def _may_lead(span: Span, sentence: str, quoted: Sequence[Span], shown: Sequence[str]) -> bool:
    if not _SHORT <= len(sentence) <= _LONG or _NO_SENTENCE.search(sentence):
        return False
    if any(_cuts(span, quote) for quote in quoted):
        return False
    letters = _letters(sentence)
    return not any(words in letters for words in shown)


def _cuts(sentence: Span, quote: Span) -> bool:
    """Say whether the sentence holds a piece of somebody's words, which alone would seem the outlet's."""
    meets = sentence.start < quote.end and quote.start < sentence.end
    return meets and not (sentence.start <= quote.start and quote.end <= sentence.end)


def _letters_shown(cited: CitedQuote) -> list[str]:
    pieces = (piece.of(cited.article.text) for excerpt in cited.shown for piece in excerpt.pieces)
    return [letters for piece in pieces if len(letters := _letters(piece)) >= _LEAST_TOLD]


def _letters(text: str) -> str:
    return _SIGNS.sub("", fold(text))
