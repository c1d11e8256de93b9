"""Blocks, held against the limits that Slack documents and its own library states."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

BLOCKS = 50  # of a message
VIEW_BLOCKS = 100
MESSAGE = 13_200  # characters of JSON; undocumented, slackapi/bolt-js#2509
_ID = 255
_TEXTS = {"plain_text": {"type", "text", "emoji"}, "mrkdwn": {"type", "text", "verbatim"}}
_STYLES = {"bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"}

Problems = Iterator[str]
Check = Callable[[Any], Problems]


def problems(blocks: Any, *, most: int = BLOCKS) -> list[str]:
    """Return what is wrong with `blocks`; nothing is, where the platform would take them."""
    if not isinstance(blocks, list):
        return ["must be an array"]
    found = [f"no more than {most} items allowed"] if len(blocks) > most else []
    ids = [block["block_id"] for block in blocks if isinstance(block, dict) and "block_id" in block]
    if len(ids) != len(set(ids)):
        found.append("block_id is not unique")
    for at, block in enumerate(blocks):
        found += [f"{problem} [json-pointer:/blocks/{at}]" for problem in _block(block)]
    return found


def is_too_long(blocks: Any) -> bool:
    return len(json.dumps(blocks, ensure_ascii=False)) > MESSAGE


def view_problems(view: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a modal or a home tab."""
    found = problems(view.get("blocks"), most=VIEW_BLOCKS)
    if view.get("type") not in ("modal", "home"):
        found.append("unsupported type of view")
    if view.get("type") == "modal":
        found += list(_text(view.get("title"), 24, plain=True))
    if len(view.get("private_metadata", "")) > 3000:
        found.append("private_metadata must be less than 3001 characters")
    return found


def _block(block: Any) -> Problems:
    if not isinstance(block, dict) or block.get("type") not in _BLOCKS:
        yield f"unsupported type: {block.get('type') if isinstance(block, dict) else block}"
        return
    needed, allowed, check = _BLOCKS[block["type"]]
    yield from _fields(block, needed, allowed | {"type", "block_id"})
    if not 0 < len(block.get("block_id", "x")) <= _ID:
        yield f"block_id must have 1 to {_ID} characters"
    if needed <= block.keys():
        yield from check(block)


def _fields(thing: Mapping[str, Any], needed: set[str], allowed: set[str]) -> Problems:
    for name in sorted(needed - thing.keys()):
        yield f"missing required field: {name}"
    for name in sorted(thing.keys() - needed - allowed):
        yield f"no more fields allowed: {name}"


def _text(text: Any, most: int, *, plain: bool = False) -> Problems:
    kind = text.get("type") if isinstance(text, dict) else None
    if kind not in _TEXTS or (plain and kind != "plain_text"):
        yield f"unsupported type of text: {kind}"
        return
    yield from _fields(text, {"type", "text"}, _TEXTS[kind])
    words = text.get("text")
    if not isinstance(words, str) or not 0 < len(words) <= most:
        yield f"must be more than 0 and less than {most + 1} characters"


def _section(block: Mapping[str, Any]) -> Problems:
    if not block.keys() & {"text", "fields"}:
        yield "missing required field: text"
    if "text" in block:
        yield from _text(block["text"], 3000)
    if len(block.get("fields", ())) > 10:
        yield "no more than 10 items allowed"
    for one in block.get("fields", ()):
        yield from _text(one, 2000)
    if "accessory" in block:
        yield from _element(block["accessory"])


def _header(block: Mapping[str, Any]) -> Problems:
    yield from _text(block["text"], 150, plain=True)


def _context(block: Mapping[str, Any]) -> Problems:
    yield from _count(block["elements"], 10)
    for element in block["elements"]:
        yield from (_image(element) if element.get("type") == "image" else _text(element, 3000))


def _actions(block: Mapping[str, Any]) -> Problems:
    yield from _count(block["elements"], 25)
    ids = [element.get("action_id") for element in block["elements"]]
    if len(ids) != len(set(ids)):
        yield "action_id is not unique"
    for element in block["elements"]:
        yield from _element(element)


def _input(block: Mapping[str, Any]) -> Problems:
    yield from _text(block["label"], 2000, plain=True)
    yield from _element(block["element"])


def _image(block: Mapping[str, Any]) -> Problems:
    if len(block.get("image_url", "")) > 3000:
        yield "image_url must be less than 3001 characters"
    if not 0 < len(block.get("alt_text", "")) <= 2000:
        yield "alt_text must have 1 to 2000 characters"


def _nothing(block: Mapping[str, Any]) -> Problems:
    yield from ()


def _count(things: Any, most: int) -> Problems:
    if not isinstance(things, list) or not 0 < len(things) <= most:
        yield f"must have 1 to {most} items"


def _element(element: Any) -> Problems:
    """Yield what is wrong with an interactive element."""
    if not isinstance(element, dict) or element.get("type") not in _ELEMENTS:
        yield f"unsupported element: {element.get('type') if isinstance(element, dict) else element}"
        return
    needed, allowed = _ELEMENTS[element["type"]]
    yield from _fields(element, needed, allowed | {"type", "action_id", "confirm", "focus_on_load"})
    if not 0 < len(element.get("action_id", "x")) <= _ID:
        yield f"action_id must have 1 to {_ID} characters"
    if element["type"] == "button" and "text" in element:
        yield from _text(element["text"], 75, plain=True)
    for name, most in (("value", 2000), ("url", 3000)):
        if element["type"] == "button" and len(element.get(name, "")) > most:
            yield f"{name} must be less than {most + 1} characters"
    for option in element.get("options", ()):
        yield from _text(option.get("text"), 75)
        if not 0 < len(option.get("value", "")) <= 150:
            yield "value must have 1 to 150 characters"


_CHOICE = {"placeholder", "initial_option", "initial_options", "option_groups", "max_selected_items"}
_ELEMENTS: dict[str, tuple[set[str], set[str]]] = {
    "button": ({"text"}, {"value", "url", "style", "accessibility_label"}),
    "static_select": ({"options"}, _CHOICE),
    "multi_static_select": ({"options"}, _CHOICE),
    "overflow": ({"options"}, set()),
    "checkboxes": ({"options"}, {"initial_options"}),
    "radio_buttons": ({"options"}, {"initial_option"}),
    "plain_text_input": (
        set(),
        {"placeholder", "initial_value", "multiline", "min_length", "max_length", "dispatch_action_config"},
    ),
    "timepicker": (set(), {"initial_time", "placeholder", "timezone"}),
    "image": ({"image_url", "alt_text"}, set()),
}


def _rich_text(block: Mapping[str, Any]) -> Problems:
    for element in block["elements"]:
        kind = element.get("type") if isinstance(element, dict) else None
        if kind not in _RICH:
            yield f"unsupported type in rich_text: {kind}"
            continue
        needed, allowed = _RICH[kind]
        yield from _fields(element, needed | {"elements"}, allowed | {"type"})
        yield from _rich_inside(kind, element.get("elements", []))


def _rich_inside(kind: str, elements: Sequence[Any]) -> Problems:
    for element in elements:
        if kind == "rich_text_list":
            if element.get("type") != "rich_text_section":
                yield "a rich_text_list holds rich_text_section"
            yield from _rich_inside("rich_text_section", element.get("elements", []))
        else:
            yield from _rich_leaf(element)


def _rich_leaf(leaf: Any) -> Problems:
    kind = leaf.get("type") if isinstance(leaf, dict) else None
    if kind not in _LEAVES:
        yield f"unsupported type in rich_text: {kind}"
        return
    needed, allowed = _LEAVES[kind]
    yield from _fields(leaf, needed, allowed | {"type", "style"})
    if kind == "text" and not leaf.get("text"):
        yield "must be more than 0 characters"
    if set(leaf.get("style", {})) - _STYLES:
        yield "no more fields allowed in style"


_LIST = {"style", "indent", "offset", "border"}
_RICH: dict[str, tuple[set[str], set[str]]] = {
    "rich_text_section": (set(), set()),
    "rich_text_quote": (set(), {"border"}),
    "rich_text_preformatted": (set(), {"border", "language"}),
    "rich_text_list": ({"style"}, _LIST),
}
_LEAVES: dict[str, tuple[set[str], set[str]]] = {
    "text": ({"text"}, set()),
    "link": ({"url"}, {"text", "unsafe"}),
    "emoji": ({"name"}, {"unicode", "skin_tone"}),
    "user": ({"user_id"}, set()),
    "channel": ({"channel_id"}, set()),
    "usergroup": ({"usergroup_id"}, set()),
    "broadcast": ({"range"}, set()),
    "date": ({"timestamp", "format"}, {"url", "fallback"}),
}
_BLOCKS: dict[str, tuple[set[str], set[str], Check]] = {
    "section": (set(), {"text", "fields", "accessory", "expand"}, _section),
    "header": ({"text"}, {"level"}, _header),
    "context": ({"elements"}, set(), _context),
    "actions": ({"elements"}, set(), _actions),
    "input": ({"label", "element"}, {"hint", "optional", "dispatch_action"}, _input),
    "image": ({"image_url", "alt_text"}, {"title"}, _image),
    "divider": (set(), set(), _nothing),
    "rich_text": ({"elements"}, set(), _rich_text),
}
