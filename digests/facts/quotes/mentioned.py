"""A mention near a quote becomes the features that tell for and against its having said it."""

from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from digests.facts.quotes.before import Before
from digests.facts.quotes.cues import Cues
from digests.facts.quotes.scene import CUES, NAME, NOUN, path
from digests.facts.quotes.views import View
from digests.people import BY_NAME, Mention, People

_REMEMBERED = 8192  # groups of features
_DISTANCES = (1, 2, 3, 5, 8, 13, 21)  # items
_COUNTS = (1, 2, 4, 8)
_OWNED = 3  # items behind an owner among which what he owns is named


class Cast(NamedTuple):
    """What is known of each person of an article, in the order of `People.persons`."""

    counts: list[int]  # of mentions
    last_names: list[str]  # in lower case


def cast_of(people: People) -> Cast:
    """Return what features ask of `people`."""
    return Cast(
        [len(person.mentions) for person in people.persons],
        [person.name.lower().rsplit(None, 1)[-1] for person in people.persons],
    )


def features_of_mention(
    view: View, item: int, *, side: str, rank: int, before: Before, cues: Cues, cast: Cast
) -> list[str]:
    """Return what tells for and against the mention that is `item`, the one of `rank` on its side.

    `side` is "<" before the quote, ">" behind it; `rank` 0 is the nearest.
    """
    scene, form = view.scene, view.scene.letters[item]
    mention = scene.mentions[scene.refs[item]]
    sentences = min(abs(scene.sentence[view.at] - scene.sentence[item]), 4)
    paragraphs = min(abs(scene.paragraph[view.at] - scene.paragraph[item]), 2)
    near, person = f"{side}{sentences}{paragraphs}", mention.person
    times = cast.counts[person] if person is not None else 0
    first = cues.firsts.get(scene.sentence[item]) == item
    # Arguments by place: here is where time goes.
    found = _of_place(view, item, mention, side, rank, sentences, near, times, first)
    found += _of_cues(view, item, cues, side, sentences)
    if person is not None:
        if mention.form is BY_NAME:
            found += _of_turns(before, person, near, view.context)
        if cast.last_names[person] in view.words:
            found += (f"said{form}", f"said{side}{sentences}")
    if form == NOUN:
        found.append(f"h{mention.text.rsplit(None, 1)[-1].lower()}")
        found.append(f"hd{mention.text.split(None, 1)[0].lower()}{sentences}")
    return found


def _of_place(
    view: View,
    item: int,
    mention: Mention,
    side: str,
    rank: int,
    sentences: int,
    near: str,
    times: int,
    first: bool,
) -> list[str]:
    """Say which way leads to the quote, how far it is, and what kind of mention stands there."""
    letters, at, form = view.scene.letters, view.at, view.scene.letters[item]
    if item < at:
        way, outer = path(letters[item + 1 : at]), path(letters[max(0, item - 2) : item])
    else:
        way, outer = path(letters[at + 1 : item]), path(letters[item + 1 : item + 3])
    previous = letters[item - 1] if item else "^"
    following = letters[item + 1] if item + 1 < len(letters) else "$"
    found = [
        *_of_way(side, way, outer),
        *_of_shape(form + mention.kind[:2] + ("s" if mention.plural else ""), near),
        f"fw{form}{side}{way}",
        *_of_distance(side, min(rank, 5), bisect_right(_DISTANCES, abs(at - item))),
        *_of_neighbours(previous, following, side, sentences),
        *_of_weight(first, near, bisect_right(_COUNTS, times), form),
        *_of_context(view.context, side, near, form, min(rank, 3)),
    ]
    if following in CUES:
        found += (f"v{following}{near}", f"va{view.scene.words[item + 1]}{side}")
    if previous in CUES:
        found += (f"V{previous}{near}", f"vb{view.scene.words[item - 1]}{side}")
    if following == "s" and item < at:
        found += _of_owner(view, item, near)
    if mention.titled is not None:
        found.append(f"t{near}")
    if form == NAME and times == 1 and previous in "./^" and " " not in mention.text:
        found.append("weak")  # maybe the capital of the sentence that it opens
    return found


def _of_owner(view: View, item: int, near: str) -> tuple[str, ...]:
    """Say whether what the mention owns are words: "Roe's angry claim that the ferry is “late”"."""
    words, behind = view.scene.words, min(item + 2 + _OWNED, view.at)
    spoken = next((word for word in words[item + 2 : behind] if word in view.scene.spoken), None)
    return f"own{spoken is not None}{near}", f"ow{spoken}"


def _of_cues(view: View, item: int, cues: Cues, side: str, sentences: int) -> list[str]:
    """Say whether the mention is announced, or is the subject of a cue beside the quote or elsewhere."""
    found = []
    if view.runs_on:
        found.append(f"R{view.scene.letters[item]}{side}{sentences}")
    if view.announced != "-":
        found.append(f"k{view.announced}{view.scene.letters[item]}{side}{sentences}")
    for cue in view.cues:
        if cues.subjects[cue] == item:
            found += _of_own_cue(view, cue)
    if not found and view.subject is not None:
        found.append(f"S-{side}{sentences}")
    if sentences and not view.cues:
        own = cues.of_subject.get(item)
        if own is not None:
            found.append(f"S~{view.scene.letters[own]}{side}{sentences}")
    return found


def _of_own_cue(view: View, cue: int) -> list[str]:
    where, nearest = ">" if cue > view.at else "<", cue == view.nearest
    found = [f"S{where}{view.scene.letters[cue]}{nearest}", f"Sw{where}{view.scene.words[cue]}"]
    return [*found, f"Sx{view.context}"] if nearest else found


def _of_turns(before: Before, person: int, near: str, context: str) -> tuple[str, ...]:
    """Say whether who is named has spoken before."""
    if before.person == person:
        return "p=", f"p={near}", f"p={context[:2]}"
    return ("p+",) if person in before.persons else ("p0",)


# A few things tell the most of a mention, and come up again and again: they are put into words once.


@lru_cache(maxsize=_REMEMBERED)
def _of_way(side: str, way: str, outer: str) -> tuple[str, ...]:
    return "m", f"w{side}{way}", f"o{side}{way}|{outer}"


@lru_cache(maxsize=_REMEMBERED)
def _of_shape(shape: str, near: str) -> tuple[str, ...]:
    return f"d{near}", f"f{shape}", f"fd{shape}{near}"


@lru_cache(maxsize=_REMEMBERED)
def _of_distance(side: str, rank: int, distance: int) -> tuple[str, ...]:
    return f"r{side}{rank}", f"i{side}{distance}"


@lru_cache(maxsize=_REMEMBERED)
def _of_neighbours(previous: str, following: str, side: str, sentences: int) -> tuple[str, ...]:
    return f"b{previous}{side}", f"a{following}{side}", f"ba{previous}{following}{side}{sentences}"


@lru_cache(maxsize=_REMEMBERED)
def _of_weight(first: bool, near: str, count: int, form: str) -> tuple[str, ...]:
    return f"1{first}{near}", f"c{count}{form}"


@lru_cache(maxsize=_REMEMBERED)
def _of_context(context: str, side: str, near: str, form: str, rank: int) -> tuple[str, ...]:
    return f"x{context}{near}", f"xf{context}{form}{side}", f"xr{context}{side}{rank}"
