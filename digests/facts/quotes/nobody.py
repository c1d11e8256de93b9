"""A view becomes the features of a passage that nobody said: a scare quote, the title of a work."""

from dataclasses import dataclass

from digests.facts.quotes.before import Before
from digests.facts.quotes.language import Language
from digests.facts.quotes.manner import Manner
from digests.facts.quotes.scene import PARAGRAPH, QUOTE, path
from digests.facts.quotes.views import View

_FIRST_PERSONS = (" i ", " we ", " i'm ", " i’m ", " we're ", " we’re ", " you ", " my ", " our ")
_SMALL = 3  # letters
_FAR = 40  # items between two passages from which on the way is not told
_BESIDE = 3  # items at most between two passages that may stand in one list


def features_of_nobody(view: View, language: Language, *, before: Before, manner: Manner) -> list[str]:
    """Return what tells for and against that nobody said a passage; `before`: who spoke before it."""
    look = _look_of(view, titled=manner.titled[view.number])
    found = _of_look(view, look, is_first=not before.persons)
    found += _of_words_before(view, look, language)
    found += _of_sentence(view, look)
    padded = f" {view.said.lower()} "
    if any(word in padded for word in _FIRST_PERSONS):
        found.append("0i")
    found += _of_clause(view, look, language)
    if view.number:
        found += _of_passage_before(view, look, was_said=before.passage == view.number - 1)
    found += _of_manner(view, look, manner)
    return found


@dataclass(slots=True)  # see `View`
class _Look:
    """What a passage looks like by itself, and which words stand beside it."""

    capital: str  # "C": it begins with one; "c"
    stop: str  # how it ends: "." "," or "w"
    titled: bool  # its words have capitals like those of a title
    left_word: str
    right_word: str


def _look_of(view: View, *, titled: bool) -> _Look:
    words, at, said = view.scene.words, view.at, view.said
    return _Look(
        "C" if said[:1].isupper() else "c",
        "." if said[-1] in ".!?…" else "," if said[-1] in ",;:-–—" else "w",
        titled,
        words[at - 1] if at > view.left else "^",
        words[at + 1] if at + 1 < len(words) else "$",
    )


def _of_look(view: View, look: _Look, *, is_first: bool) -> list[str]:
    """Say how long the passage is, how it begins and ends, and what stands beside it."""
    letters, at, n, cap, stop = view.scene.letters, view.at, view.length, look.capital, look.stop
    passage = view.scene.passages[view.number]
    return [
        "0",
        f"0x{view.context}",
        f"0n{n}",
        f"0nc{n}{cap}{stop}",
        f"0xn{view.context}{min(n, 4)}",
        f"0l{look.left_word}",
        f"0r{look.right_word}",
        f"0ll{path(letters[max(view.left, at - 3) : at])}",
        f"0rr{path(letters[at + 1 : at + 3])}",
        f"0s{passage.single}{passage.closed}{min(n, 4)}",
        f"0t{look.titled}{min(n, 4)}",
        f"0q{not is_first}{min(n, 3)}",
        f"0ln{look.left_word}{min(n, 3)}{stop}",
        f"0cs{view.cue_subject}{min(n, 3)}{cap}",
        f"0whole{cap}{stop}{at == view.left}{n > 3}",
    ]


def _of_words_before(view: View, look: _Look, language: Language) -> list[str]:
    """Say whether the words before tell of a scare quote ("so-called") or of a work ("the film")."""
    near, found = view.scene.words[max(view.left, view.at - 3) : view.at], []
    if not language.so_called.isdisjoint(near):
        found.append("0so")
    if not language.titles_of_works.isdisjoint(near):
        found.append(f"0work{look.titled}")
    return found


def _of_sentence(view: View, look: _Look) -> list[str]:
    """Say what the sentence around does with the passage: announces it, says it, goes on with it."""
    letters, at, n = view.scene.letters, view.at, view.length
    cap, stop, found = look.capital, look.stop, []
    if view.runs_on:
        found += ["0run", f"0run{cap}{stop}"]
    found.append(f"0sign{view.announced}{cap}{stop}{min(n, 3)}")
    if not view.cues:
        found.append(f"0nocue{min(n, 5)}{cap}{stop}")
    if at + 1 < len(letters) and letters[at + 1] in "wn" and stop == "w":
        found.append(f"0mod{min(n, 4)}")
    if QUOTE in letters[view.left : at] or QUOTE in letters[at + 1 : view.right]:
        found.append(f"0more{min(n, 4)}")
    return found


def _of_clause(view: View, look: _Look, language: Language) -> list[str]:
    """Say what the words of a quote are by themselves, and as a part of their sentence."""
    verb, titled = not language.auxiliaries.isdisjoint(view.words), look.titled
    n, subject = min(view.length, 4), view.cue_subject
    left = _small(view, view.at - 1) if view.at > view.left else "^"
    right = _small(view, view.at + 1) if view.at + 1 < view.right else "$"
    found = [
        f"0verb{verb}{n}{look.capital}{look.stop}",
        f"0vt{verb}{titled}{n}",
        f"0lt{look.left_word}{titled}",
        f"0rt{look.right_word}{titled}",
        f"0lnr{left}{n}{right}",
        f"0tx{titled}{view.context}",
        f"0lv{look.left_word}{verb}",
        f"0tc{titled}{subject}{left}{right}",
    ]
    if view.cues:
        cue = view.scene.words[view.nearest]
        distance, behind = min(abs(view.nearest - view.at), 3), view.nearest > view.at
        found += (f"0cue{cue}{n}", f"0cue{cue}{distance}{behind}")
    if not language.titles_of_works.isdisjoint(view.scene.words[view.at + 1 : view.at + 3]):
        found.append(f"0works{titled}")
    return found


def _of_passage_before(view: View, look: _Look, *, was_said: bool) -> list[str]:
    """Say what became of the passage before, and what stands between: parts of a list share their fate."""
    scene, at = view.scene, view.at
    last = scene.of_passage[view.number - 1]
    gap = scene.letters[last + 1 : at]
    if PARAGRAPH in gap:
        return [f"0pp{was_said}{gap.count(PARAGRAPH) == 1}{view.right == at + 1}{view.length > 3}"]
    beside = scene.sentence[last] == scene.sentence[at]
    found = [
        f"0pg{was_said}{path(gap) if len(gap) < _FAR else 'far'}",
        f"0pt{was_said}{beside}{look.titled}{min(view.length, 4)}",
        f"0ps{was_said}{beside}{look.capital}{look.stop}",
    ]
    if len(gap) <= _BESIDE:
        found.append(f"0pw{was_said}{look.titled}{' '.join(scene.words[last + 1 : at])}")
    return found


def _of_manner(view: View, look: _Look, manner: Manner) -> list[str]:
    """Say what the article puts between marks elsewhere."""
    n, titled = min(view.length, 4), look.titled
    return [
        f"0ms{manner.short}{n}",
        f"0mt{manner.short}{titled}",
        f"0mq{manner.single}{view.scene.passages[view.number].single}",
        f"0mn{manner.many}{n}",
        f"0mw{manner.titles}{titled}",
        f"0mv{manner.titles}{n}",
    ]


def _small(view: View, item: int) -> str:
    """Return a small word as it is, of any other item its letter."""
    word = view.scene.words[item]
    return word if 0 < len(word) <= _SMALL else view.scene.letters[item]
