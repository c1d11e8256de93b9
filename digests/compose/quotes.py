"""The quotes of a story's articles become the few that are shown: each once, in its longest form."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from digests.compose.excerpts import excerpts_of
from digests.compose.ranks import by_rank
from digests.model import Article, CitedQuote, Quote, SpeakerKind, quotes_of
from digests.text import fold

QUOTES = 2  # of a story
_SHORT = 24  # letters; shorter words may be anybody's
_TOLD = 2  # places that a quote moves up for each other outlet that gives it
_TOLD_MOST = 2  # of them


@dataclass(slots=True)
class _Said:
    """One thing that was said, as the outlets give it, the best ranked form first."""

    forms: list[CitedQuote] = field(default_factory=list)

    def cited(self) -> CitedQuote:
        """Return the longest form, and of equal ones the one that tells the speaker's role.

        Where outlets put the words in several mouths, the one of most confidence is believed, and only the
        outlets that agree are counted.
        """
        forms = self._believed()
        outlets = tuple(dict.fromkeys(form.article.outlet for form in forms))
        letters = {_letters(form.quote.text) for form in forms}
        named = [form for form in forms if _is_named(form)] or forms
        best = max(named, key=lambda form: (len(_letters(form.quote.text)), form.quote.role is not None))
        return replace(best, outlets=outlets, cut_differently=len(letters) > 1)

    def _believed(self) -> list[CitedQuote]:
        trust: Counter[str | None] = Counter()
        for form in filter(_is_named, self.forms):
            trust[form.quote.speaker] += _percent(form.quote.confidence)
        if len(trust) < 2:
            return self.forms
        speaker = trust.most_common(1)[0][0]
        return [form for form in self.forms if not _is_named(form) or form.quote.speaker == speaker]


def best_quotes(articles: Sequence[Article]) -> tuple[CitedQuote, ...]:
    """Return the best quotes of `articles`, each said once, of different speakers where there are.

    Best is what each article ranks first, and what several outlets give. No piece is shown twice, even where
    one outlet gives as a speech of its own what is part of another in the next.

    Of a quote that several outlets give the longest form is shown, with all outlets; where they cut it in
    different ways, it says so. Words left out are no obstacle: the pieces between ellipses are compared.
    """
    said: list[_Said] = []
    for quote, article in by_rank(articles, quotes_of):
        if quote.speaker:
            _add(CitedQuote(quote, article), said)
    placed = sorted(enumerate(one.cited() for one in said), key=lambda pair: _place(*pair))
    once = [cited for _, cited in placed]
    firsts = {cited.quote.speaker: cited for cited in reversed(once)}
    different = [cited for cited in once if firsts[cited.quote.speaker] is cited]
    shown: list[CitedQuote] = []
    for cited in (*different, *(cited for cited in once if cited not in different)):
        cut = replace(cited, excerpts=excerpts_of(cited.quote, cited.article))
        if not any(_repeats(cut, other) or _repeats(other, cut) for other in shown):
            shown.append(cut)
        if len(shown) == QUOTES:
            break
    return tuple(shown)


def _place(place: int, cited: CitedQuote) -> int:
    return place - _TOLD * min(len(cited.outlets) - 1, _TOLD_MOST)


def _repeats(one: CitedQuote, other: CitedQuote) -> bool:
    """Say whether a piece of what is shown of one speech is shown of the other too."""
    whole = "".join(_letters_shown(other))
    return any(letters in whole for letters in _letters_shown(one) if len(letters) >= _SHORT)


def _letters_shown(cited: CitedQuote) -> list[str]:
    pieces = (piece.of(cited.article.text) for excerpt in cited.shown for piece in excerpt.pieces)
    return [_letters(piece) for piece in pieces]


def _add(cited: CitedQuote, said: list[_Said]) -> None:
    same = next((one for one in said if any(_same(cited, form) for form in one.forms)), None)
    if same is None:
        said.append(_Said([cited]))
    else:
        same.forms.append(cited)


def _is_named(cited: CitedQuote) -> bool:
    return cited.quote.speaker_kind is SpeakerKind.NAMED


def _percent(confidence: float) -> int:
    return 1 + round(100 * confidence)


def _same(one: CitedQuote, other: CitedQuote) -> bool:
    """Say whether one quote holds all pieces of the other, marks, case and white space aside."""
    return _holds(one.quote, other) or _holds(other.quote, one)


def _holds(quote: Quote, other: CitedQuote) -> bool:
    whole = _letters(quote.text)
    pieces = [letters for piece in _pieces(other.quote.text) if (letters := _letters(piece))]
    if not pieces or (sum(map(len, pieces)) < _SHORT and quote.speaker != other.quote.speaker):
        return False
    at = 0
    for piece in pieces:
        found = whole.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def _pieces(text: str) -> list[str]:
    return text.replace("[...]", "…").replace("[…]", "…").replace("...", "…").split("…")


@lru_cache(maxsize=4096)  # each quote of a story is compared with all others
def _letters(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())
