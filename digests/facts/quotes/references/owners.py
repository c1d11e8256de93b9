"""A phrase for something written becomes whoever wrote it: he speaks in it."""

from bisect import bisect_left

from digests.facts.quotes.references.model import Reference
from digests.facts.quotes.references.near import REACH
from digests.facts.quotes.scene import Who, who_of
from digests.people import BY_NAME, PLACE

_TOLD = 24  # items between a document and who is said to have put it out
_OWNER_REACH = 3  # items between a document and who is said to have written it


def owner_of(asked: Reference, item: int) -> Who | None:
    """Return who is named in the phrase or right behind it: "Roe's letter", "a statement from Roe"."""
    scene, place = asked.scene, asked.scene.refs[item]
    phrase = scene.mentions[place]
    inside = [
        m
        for m in asked.people.mentions[max(0, place - 3) : place + 5]
        if m.form is BY_NAME and m.person is not None
        if phrase.first <= m.first and m.end <= phrase.end
    ]
    if inside:
        return inside[-1].person
    joint = item + 1 + (scene.words[item + 2 : item + 3] == ["by"])  # "issued by"
    if joint + 1 < len(scene.letters) and scene.words[joint] in ("from", "by", "of"):
        for at in range(joint + 1, min(len(scene.letters), joint + 1 + _OWNER_REACH)):
            if scene.letters[at] == "N":
                return scene.mentions[scene.refs[at]].person
    return None


def owner_told(asked: Reference) -> Who | None:
    """Return who was named with the document before: "the Harbour Trust report", then "the report"."""
    scene, head = asked.scene, asked.head()
    if len(asked.mention.text) != len("the ") + len(head):
        return None
    for place in range(bisect_left(scene.named, asked.item) - 1, -1, -1):
        at = scene.named[place]
        if at < asked.item - REACH:
            return None
        if scene.letters[at] == "n" and scene.mentions[scene.refs[at]].text.lower().endswith(head):
            owner = owner_of(asked, at)
            if isinstance(owner, int) and asked.people.persons[owner].kind is not PLACE:
                return owner
    return None


def author_of(asked: Reference) -> tuple[Who, int] | None:
    """Return who put out the document that is meant, as the sentence that told of it first has it."""
    scene, letters, head = asked.scene, asked.scene.letters, asked.head()
    for place in range(bisect_left(scene.named, asked.item) - 1, -1, -1):
        at = scene.named[place]
        if at < asked.item - REACH:
            return None
        if letters[at] == "n" and scene.mentions[scene.refs[at]].text.lower().endswith(head):
            start = at
            while start > max(0, at - _TOLD) and scene.sentence[start - 1] == scene.sentence[at]:
                start -= 1
            for one in range(start, at):
                if letters[one] in "Nn" and letters[one - 1 : one] not in ("p", "b"):
                    return who_of(scene.mentions[scene.refs[one]]), one
    return None
