"""The quotes of a story's articles become the few that are shown: each once, in its longest form."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from digests.compose.excerpts import excerpts_of
from digests.compose.ranks import by_rank
from digests.model import Article, CitedQuote, Quote, SpeakerKind, quotes_of
from digests.text import fold

QUOTES = 2  # of a story
_SHORT = 24  # letters; shorter words may be anybody's
_TOLD = 2  # places that a quote moves up for each other outlet that gives it
_TOLD_MOST = 2  # of them
_WHOLE = 0.8  # of the letters; an outlet that gives fewer leaves out something that was said
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, eq=False)
class _Form:
    """A quote as one outlet gives it, and the letters by which it is compared."""

    cited: CitedQuote
    letters: str
    pieces: tuple[str, ...]  # the letters between ellipses
    length: int  # of them together

    @property
    def quote(self) -> Quote:
        return self.cited.quote

    @property
    def is_named(self) -> bool:
        return self.quote.speaker_kind is SpeakerKind.NAMED


@dataclass(slots=True)
class _Said:
    """One thing that was said, as the outlets give it, the best ranked form first."""

    forms: list[_Form] = field(default_factory=list)

    def cited(self) -> CitedQuote:
        """Return the longest form, and of equal ones the one that tells the speaker's role.

        Where outlets put the words in several mouths, the one of most confidence is believed, and only the
        outlets that agree are counted.
        """
        forms = self._believed()
        outlets = tuple(dict.fromkeys(form.cited.article.outlet for form in forms))
        named = [form for form in forms if form.is_named] or forms
        best = max(named, key=lambda form: (len(form.letters), form.quote.role is not None))
        shortest = min(len(form.letters) for form in forms)
        return replace(best.cited, outlets=outlets, cut_differently=shortest < _WHOLE * len(best.letters))

    def _believed(self) -> list[_Form]:
        trust: Counter[str | None] = Counter()
        for form in self.forms:
            if form.is_named:
                trust[form.quote.speaker] += _percent(form.quote.confidence)
        if len(trust) < 2:
            return self.forms
        speaker = trust.most_common(1)[0][0]
        return [form for form in self.forms if not form.is_named or form.quote.speaker == speaker]


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
            _add(_form(CitedQuote(quote, article)), said)
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


def _form(cited: CitedQuote) -> _Form:
    letters = _letters(cited.quote.text)
    parts = _pieces(cited.quote.text)
    pieces = tuple(filter(None, map(_letters, parts))) if len(parts) > 1 else (letters,)
    return _Form(cited, letters, pieces, sum(map(len, pieces)))


def _add(form: _Form, said: list[_Said]) -> None:
    same = next((one for one in said if any(_same(form, other) for other in one.forms)), None)
    if same is None:
        said.append(_Said([form]))
    else:
        same.forms.append(form)


def _percent(confidence: float) -> int:
    return 1 + round(100 * confidence)


def _same(one: _Form, other: _Form) -> bool:
    """Say whether one quote holds all pieces of the other, marks, case and white space aside."""
    return _holds(one, other) or _holds(other, one)


def _holds(form: _Form, other: _Form) -> bool:
    if not 0 < other.length <= len(form.letters):
        return False
    if other.length < _SHORT and form.quote.speaker != other.quote.speaker:
        return False
    at = 0
    for piece in other.pieces:
        found = form.letters.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def _pieces(text: str) -> list[str]:
    return text.replace("[...]", "…").replace("[…]", "…").replace("...", "…").split("…")


def _letters(text: str) -> str:
    return _SIGNS.sub("", fold(text))
