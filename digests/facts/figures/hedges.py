"""The words around an amount say how exact it is, and which way it went."""

from digests.facts.figures import lexicon
from digests.facts.figures.kinds import ABOUT, DOWN, EXACT, OVER, UNDER, UP
from digests.facts.figures.tokens import Sentence
from digests.model import Modifier, Trend

# Longest first. What stands before the amount; the words are read backwards from it.
_BEFORE: dict[tuple[str, ...], Modifier] = {}
for _modifier, _phrases in {
    ABOUT: (
        "about|around|roughly|approximately|approx|some|nearly|almost|circa|c|~|≈|∼|close to|an "
        "estimated|estimated|in the region of|virtually|something like|on the order of|in the order of|"
        "or so|more or less|estimated at|nearing|approaching|not far from|somewhere around|nearly half"
    ),
    OVER: (
        "more than|over|at least|above|exceeding|in excess of|no fewer than|no less than|upwards of|"
        "upward of|north of|a minimum of|minimum of|greater than|>|≥|topped|exceeded|exceeds|exceed|"
        "surpassed|surpassing|surpass|well over|not less than|just over|topping|beyond|higher than|"
        "longer than|larger than|bigger than|older than|not fewer than|past|better than|than more|over "
        "than|heavier than|taller than|faster than|minimum"
    ),
    UNDER: (
        "up to|less than|fewer than|under|below|at most|no more than|as many as|as much as|not more "
        "than|a maximum of|maximum of|just under|just shy of|shy of|<|≤|sub|lower than|as high as|"
        "smaller than|shorter than|younger than|no greater than|a little under|as long as|well "
        "under|up to about|no longer than|just below|no higher than|as little as|as few as|cheaper than"
    ),
}.items():
    for _phrase in _phrases.split("|"):
        _BEFORE[tuple(_phrase.split())] = _modifier
_LAST_WORDS = frozenset(phrase[-1] for phrase in _BEFORE)
_LONGEST = max(map(len, _BEFORE))
_TRANSPARENT = frozenset(
    "a an the another just only further additional total of record whopping mere full estimated "
    "combined staggering massive huge reported extra age minus plus whole hefty net cool fixed".split()
)
_NO_HEDGE_PERIOD = frozenset("the past last next previous coming following".split())
_AFTER = {
    ("or", "so"): ABOUT,
    ("or", "more"): OVER,
    ("or", "over"): OVER,
    ("or", "above"): OVER,
    ("or", "older"): OVER,
    ("and", "over"): OVER,
    ("and", "above"): OVER,
    ("or", "less"): UNDER,
    ("or", "fewer"): UNDER,
    ("or", "under"): UNDER,
    ("or", "below"): UNDER,
    ("or", "thereabouts"): ABOUT,
    ("more", "or"): ABOUT,
}


def modifier_before(sentence: Sentence, index: int) -> tuple[Modifier, int]:
    """Return the hedge that ends right before the token `index`, and where it starts."""
    at = index
    if sentence.word(index - 1) == "the":  # "about the $110m" is of it, not nearly it
        return EXACT, index
    for _ in range(4):
        word = sentence.word(at - 1)
        if word in _LAST_WORDS:
            found = _phrase_ending(sentence, at)
            if found is not None and _is_topic(sentence, at - found[1], at, index):
                return EXACT, index
            if found is not None:
                modifier, length = found
                start = at - length
                outer = _outer(sentence, start) if modifier is ABOUT else None
                return outer or (modifier, start)
        if word in ("-", "‐") and sentence.word(at - 2) == "sub":
            return UNDER, at - 2
        if word not in _TRANSPARENT:
            return EXACT, index
        at -= 1
    return EXACT, index


def _phrase_ending(sentence: Sentence, end: int) -> tuple[Modifier, int] | None:
    for length in range(min(_LONGEST, end), 0, -1):
        phrase = tuple(sentence.lower[end - length : end])
        if phrase in _BEFORE and not _is_other_sense(sentence, end - length, end):
            return _BEFORE[phrase], length
    return None


def _outer(sentence: Sentence, start: int) -> tuple[Modifier, int] | None:
    """Read "well over", "just under", "up to about": the outer bound wins over "about"."""
    if start > 0 and sentence.word(start - 1) in _LAST_WORDS:
        found = _phrase_ending(sentence, start)
        if found is not None:
            return found[0], start - found[1]
    return None


_GOES = frozenset(
    "go goes going went gone push pushed pushes move moved moves climb climbed put bump bumped bring "
    "brought catch caught add added adding".split()
)
_STANDS_BEFORE = frozenset(
    "something anything everything nothing talk talked talking think care cares worried concerned know "
    "learn questions all what how".split()
)
_PLACE_VERBS = frozenset(
    "took take takes taking spread gathered sat stood hung built flew gave won handed".split()
)


def _is_other_sense(sentence: Sentence, start: int, end: int) -> bool:
    word = sentence.word(start)
    if sentence.word(start - 1) in ("-", "‐") and sentence.tight(start):
        return True  # "three-under 69"
    if end - start == 2 and word == "up":
        return sentence.word(start - 1) in _GOES
    if end - start > 1:
        return False
    if word == "about":
        return sentence.word(start - 1) in _STANDS_BEFORE
    if word == "some":
        return sentence.word(end)[:1].isalpha() and sentence.word(end) in lexicon.VAGUE
    if word in ("over", "under", "past", "beyond", "above", "below", "around"):
        return (
            sentence.word(end) in _NO_HEDGE_PERIOD
            or sentence.word(start - 1) in _PLACE_VERBS
            or (word == "past" and sentence.word(start - 1) in ("the", "this", "over", "in", "half"))
        )
    return word in ("c", "minimum")


def is_topic(sentence: Sentence, index: int) -> bool:
    """Is the "over" at the token `index` what a dispute is about: "sued over 3 million euros"?"""
    if sentence.word(index) != "over":
        return False
    for at in range(index - 1, max(index - _DISPUTE_REACH, -1), -1):
        word = sentence.lower[at]
        if word in _DISPUTES:
            return True
        carried = at < index - 1 and (word in _DISPUTE_LINKS or word in lexicon.DETERMINERS)
        if not carried and (word in _NO_NOUN or is_movement(word) or not word[0].isalnum()):
            return False
    return False


def _is_topic(sentence: Sentence, start: int, end: int, index: int) -> bool:
    """Is it the "over" of "quit over a £14million deal": behind a dispute, or before an article?"""
    if sentence.word(start) != "over" or end - start != 1:
        return False
    return any(word in _ARTICLES for word in sentence.lower[end:index]) or is_topic(sentence, start)


_ARTICLES = frozenset(("a", "an", "another"))
_DISPUTE_REACH = 8  # tokens between a dispute and what it is about
_DISPUTE_LINKS = frozenset("with against in at of by from between and".split())
_NO_NOUN = lexicon.PREPOSITIONS | lexicon.AUXILIARIES | lexicon.CONJUNCTIONS | lexicon.PAST | lexicon.PRESENT
_DISPUTES = frozenset(
    "quit quits quitting resign resigns resigned resigning resignation row rows feud feuds sue sues sued "
    "suing lawsuit lawsuits suit dispute disputes disputed anger angry angered outrage furious fury protest "
    "protests protested protesting scandal scandals clash clashes clashed fight fights "
    "argument arguments argue argues argued quarrel quarrels quarrelled strike strikes battle battles "
    "criticism tension tensions disagreement disagreements backlash outcry controversy concern concerns "
    "complaint complaints standoff spat debate debates probe inquiry".split()
)


def modifier_after(sentence: Sentence, index: int) -> Modifier:
    """Return the hedge that starts at the token `index`: "+", "or more", "or so"."""
    word = sentence.word(index)
    if word == "+":
        return OVER
    if word in ("-", "‐") and sentence.word(index + 1) in ("plus", "odd"):
        return OVER if sentence.word(index + 1) == "plus" else ABOUT
    return _AFTER.get((word, sentence.word(index + 1)), EXACT)


# Trend ------------------------------------------------------------------------------------------

_UP = frozenset(
    "rise rises rose risen rising climb climbs climbed climbing grow grows grew grown growing gain "
    "gains gained gaining jump jumps jumped jumping surge surges surged surging soar soars soared "
    "soaring increase increases increased increasing advance advances advanced advancing rally rallies "
    "rallied rallying up leap leaps leaped leapt leaping spike spikes spiked expand expands expanded "
    "expanding swell swelled rebound rebounded rebounds strengthen strengthened firm firms firmed "
    "climb appreciate appreciated accelerate edge raise raised raises raising boost boosted boosts "
    "boosting lift lifted lifts lifting hike hiked hikes hiking rocketed rocket upped upward upwards "
    "improve improved improving".split()
)
_DOWN = frozenset(
    "fall falls fell fallen falling drop drops dropped dropping decline declines declined declining "
    "decrease decreases decreased decreasing slip slips slipped slipping slide slides slid sliding "
    "sink sinks sank sunk sinking tumble tumbles tumbled tumbling plunge plunges plunged plunging "
    "plummet plummets plummeted plummeting down shrink shrinks shrank shrunk shrinking dip dips dipped "
    "dipping ease eased eases easing retreat retreated weaken weakened weakens contract contracted "
    "contracts lower lowered slump slumped slumps slumping crash crashed dive dived dove reduce "
    "reduced reduces reducing cut cuts cutting slash slashed slashes slashing trim trimmed withered "
    "collapsed deteriorated dwindled depreciated downward downwards".split()
)
_UP_AMOUNT = frozenset("add added adds adding".split())  # of a share of something, not of things
_DOWN_AMOUNT = frozenset("lose loses lost losing shed sheds shedding".split())
_BETWEEN = frozenset(
    "by as much many further another about a an just only nearly almost to another more than less "
    "over around some roughly approximately at least up well nearly estimated additional another total "
    "back record even sharply slightly steadily dramatically as".split()
)
_SHARES = frozenset("% percent cent pct pc times".split())
_AFTER_UP = frozenset("higher more bigger larger up faster above stronger longer".split())
_AFTER_DOWN = frozenset("lower less fewer smaller down below cheaper slower weaker shorter".split())
_BEHIND_COMPARISON = frozenset(("", *"than . , ; this last for in from a as on after at while and".split()))
_NOUN_BEFORE = frozenset("a an the this that its their his her of in biggest largest sharp steep".split())


def trend(sentence: Sentence, start: int, end: int, *, amount: bool) -> Trend | None:
    """Return which way it went, as the verb before or the word behind the tokens `[start, end)` says.

    `amount`: the figure is money, a percentage or a measure, which can be lost or added.
    """
    found = _before(sentence, start, amount=amount) or _through_object(sentence, start, amount=amount)
    return found or _after(sentence, end, amount=amount)


def is_movement(word: str) -> bool:
    """Is `word` (lower case) a verb of going up or down: rose, cut, lost?"""
    return word in _UP or word in _DOWN or word in ("lose", "lost", "shed")


def _before(sentence: Sentence, start: int, *, amount: bool) -> Trend | None:
    at = start - 1
    for _ in range(6):
        word = sentence.word(at)
        direction = _direction(word, amount=amount)
        if direction is not None:
            if word in ("up", "down") and _is_particle(sentence, at):
                return None
            if amount and word in _FUNDS and sentence.word(at + 1) != "by":
                return None  # money that is raised does not rise
            return None if _is_noun(sentence, at) else direction
        level = word == "to" or (word == "at" and sentence.word(at + 1) != "least")
        if level or not (word in _BETWEEN or word.endswith("ly")):
            return None
        at -= 1
    return None


_FUNDS = frozenset("raise raises raised raising".split())


def _is_particle(sentence: Sentence, index: int) -> bool:
    """Is "up" part of "up to", "gave up", "picked up"?"""
    return sentence.word(index + 1) in ("to", "from") or sentence.word(index - 1) in _PHRASAL


_PHRASAL = frozenset(
    "mop mopped ponied runs gave give given gives giving made make makes making took take taking "
    "picked pick set sets put puts ended racked called ran run built snapped bought blew opened backed "
    "clocked rounded turned lined showed shown shows came come broke breaking break shut hold held "
    "held gunned shot handed knocked tracked laid put paid pay".split()
)


def _direction(word: str, *, amount: bool) -> Trend | None:
    if word in _UP or (amount and word in _UP_AMOUNT):
        return UP
    if word in _DOWN or (amount and word in _DOWN_AMOUNT):
        return DOWN
    return None


def _is_noun(sentence: Sentence, index: int) -> bool:
    return sentence.word(index - 1) in _NOUN_BEFORE and sentence.word(index) not in ("up", "down")


def _through_object(sentence: Sentence, start: int, *, amount: bool) -> Trend | None:
    """Read "raised its key rate by half a point": the verb stands before the object."""
    at = start - 1
    while sentence.word(at) in _BETWEEN and sentence.word(at) != "by":
        at -= 1
    if sentence.word(at) != "by":
        return None
    for back in range(at - 1, max(at - 10, -1), -1):
        word = sentence.lower[back]
        if word in (";", ".", ":", "who", "which", "that"):
            return None
        direction = _direction(word, amount=amount)
        if direction is not None and word not in ("up", "down") and not _is_noun(sentence, back):
            return direction
    return None


def _after(sentence: Sentence, end: int, *, amount: bool) -> Trend | None:
    word = sentence.word(end)
    if (
        word in ("more", "less", "fewer")
        and (not amount or sentence.word(end - 1) not in _SHARES)
        and sentence.word(end + 1) != "than"
    ):
        return None
    if word not in _AFTER_UP and word not in _AFTER_DOWN:
        return None
    following = sentence.word(end + 1)
    if word in ("up", "down"):  # not the side that was "two down to" another
        compares = following in ("on", "from") or (amount and following != "to")
    elif word in ("above", "below"):  # not the ewes above a village
        level = sentence.word(end + 2) if following in ("the", "a") else following
        compares = amount and level in _LEVELS
    else:
        compares = following in _BEHIND_COMPARISON
    if not compares:
        return None
    return UP if word in _AFTER_UP else DOWN


_LEVELS = frozenset(
    "its their his her last this that what normal usual average averages mean pre previous earlier "
    "expectations expected forecasts forecast target targets estimates estimate norm level levels long "
    "seasonal year same".split()
)
