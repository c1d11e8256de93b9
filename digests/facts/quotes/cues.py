"""The words that introduce speech in a scene become cues, each with its subject: who "said"."""

import re
from dataclasses import dataclass

from digests.facts.quotes.language import Language
from digests.facts.quotes.scene import ACCORDING, CUES, MENTIONS, QUOTE, SAYING, SAYS, TELLS, Scene

_SUBJECT_REACH = 24  # items between a cue and its subject
_BEHIND, _BEHIND_ACCORDING = 4, 8  # items behind a cue in which its subject stands
_CLAUSE = 8  # items between "who" and its verb
_ENDS_CLAUSE = MENTIONS | CUES | frozenset((QUOTE, ",", ".", "/", ":", "c"))
_NEAR = 3  # items before a cue in which a quote stands
_MENTION = re.compile(f"[{''.join(sorted(MENTIONS))}]")
_CUE = re.compile(f"[{''.join(sorted(CUES))}]")
_AGENT = re.compile(f"[aQ]{{0,2}}b(?={_MENTION.pattern})")  # between a cue and who did it: "called it mad by"
_FREE = re.compile(rf"(?<![pb]){_MENTION.pattern}(?!s)")  # neither owner nor object


@dataclass(frozen=True, slots=True)
class Cues:
    """All cues of a scene, by item."""

    items: list[int]
    subjects: dict[int, int | None]  # cue -> the item of its subject
    of_subject: dict[int | None, int]  # a subject's item -> its first cue
    firsts: dict[int, int]  # sentence -> its first mention's item


def cues_of(scene: Scene, language: Language) -> Cues:
    """Return the cues of `scene` in the order of the text."""
    items = [found.start() for found in _CUE.finditer(scene.letters)]
    firsts: dict[int, int] = {}
    for found in _FREE.finditer(scene.letters):
        firsts.setdefault(scene.sentence[found.start()], found.start())
    search = _Search(scene, firsts, language)
    subjects = {at: search.subject(at) for at in items}
    of_subject: dict[int | None, int] = {}
    for cue, subject in subjects.items():
        of_subject.setdefault(subject, cue)
    return Cues(items, subjects, of_subject, firsts)


class _Search:
    """Looks for subjects, as far as order and commas tell."""

    def __init__(self, scene: Scene, firsts: dict[int, int], language: Language) -> None:
        self.scene, self.letters, self.firsts = scene, scene.letters, firsts
        self.along, self.clauses, self.spoken = language.along, language.clauses, language.spoken
        self.relatives = language.subject_relatives

    def subject(self, cue: int) -> int | None:
        """Return the item that is the subject of a cue; None if there is none around."""
        letters = self.letters
        before = letters[cue - 1] if cue else "^"
        if letters[cue] == ACCORDING:
            return self._first_mention(cue + 1, _BEHIND_ACCORDING)
        agent = _AGENT.match(letters, cue + 1)
        if agent is not None and letters[cue] != SAYING:  # "was quoted as saying by" whoever quotes
            return agent.end()
        owner = self._owner(cue)
        if owner is not None:
            return owner
        if letters[cue] != SAYING and self._opens(cue):
            inverted = self._first_mention(cue + 1, _BEHIND)
            if inverted is not None and (before == QUOTE or letters[cue] != TELLS) and self._quote_near(cue):
                return inverted
        if before == "," and letters[cue] == SAYS and self._clause_ends_behind(cue):
            return cue + 1
        antecedent = self._antecedent(cue)
        if antecedent is not None:
            return antecedent
        first = self.firsts.get(self.scene.sentence[cue], cue)
        if first < cue and (self._is_joined(cue) or (before == "," and letters[first + 1] == ",")):
            return first  # "Roe, who met Moor in Arlen, said"
        return self._mention_before(cue)

    def _owner(self, cue: int) -> int | None:
        """Return whose words a cue is that is a noun: "Roe's claim", "Roe's angry claim"."""
        at = cue - 2 if self.letters[cue - 1 : cue] == "s" else cue - 3
        owned = at >= 0 and self.letters[at + 1] == "s" and self.letters[at] in MENTIONS
        return at if owned and self.scene.words[cue] in self.spoken else None

    def _opens(self, cue: int) -> bool:
        """Say whether a cue stands where its subject may follow: "“...” later said Roe"."""
        before, outer = self.letters[cue - 1 : cue] or "^", self.letters[max(0, cue - 2) : cue - 1]
        return before in "Q,^/.-" or (before == "a" and outer in ("Q", ","))

    def _antecedent(self, cue: int) -> int | None:
        """Return whom "who" means where it is the subject: "turned to Roe, who has called"."""
        letters, sentences = self.letters, self.scene.sentence
        at = letters.rfind("r", max(1, cue - _CLAUSE), cue)
        if at < 0 or self.scene.words[at] not in self.relatives:
            return None
        if not _ENDS_CLAUSE.isdisjoint(letters[at + 1 : cue]):
            return None
        behind = at - 1 - (letters[at - 1] == ",")
        return behind if letters[behind] in MENTIONS and sentences[behind] == sentences[at] else None

    def _first_mention(self, start: int, reach: int) -> int | None:
        letters = self.letters
        for at in range(start, min(len(letters), start + reach)):
            if letters[at] in MENTIONS:
                return at
            if letters[at] in "./Q,:":
                return None
        return None

    def _quote_near(self, cue: int) -> bool:
        return QUOTE in self.letters[max(0, cue - _NEAR) : cue]

    def _clause_ends_behind(self, cue: int) -> bool:
        """Say whether a clause ends with the subject right behind its cue: ", said Roe."."""
        letters, at = self.letters, cue + 1
        return letters[at : at + 1] in ("N", "n") and letters[at + 1 : at + 2] in ("", ".", ",", "/", QUOTE)

    def _is_joined(self, cue: int) -> bool:
        """Say whether a cue shares the subject of its sentence: "Roe declined to answer but said"."""
        letters, at = self.letters, cue - 1
        while at > 0 and letters[at] == "a":
            at -= 1
        return at > 0 and letters[at] == "c" and letters[at - 1] not in "NnhQ"

    def _mention_before(self, cue: int) -> int | None:
        """Return the nearest mention before a cue in its clause; a free one, if there is any."""
        letters, sentences = self.letters, self.scene.sentence
        sentence, fallback = sentences[cue], None
        for at in range(cue - 1, max(-1, cue - _SUBJECT_REACH), -1):
            if sentences[at] != sentence or letters[at] in "./":
                break
            if letters[at] in MENTIONS:
                if at == 0 or letters[at - 1] not in "pb" or self._has_own_cue(at, cue):
                    return at
                fallback = at if fallback is None else fallback
        return fallback

    def _has_own_cue(self, at: int, cue: int) -> bool:
        """Say whether a cue belongs to the mention before it: "with Roe saying", "after Roe had said"."""
        word = self.scene.words[at - 1]
        if word in self.clauses:
            return not self.letters[at + 1 : cue].strip("a")
        return at == cue - 1 and word in self.along
