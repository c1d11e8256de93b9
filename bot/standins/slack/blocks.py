"""Blocks and views, held against the limits that Slack documents and its own library states."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.standins.slack.shapes import Shape, fields, flag, kinds, listed, number, one_of, words

BLOCKS = 50  # of a message, docs.slack.dev/reference/block-kit/blocks
VIEW_BLOCKS = 100
MESSAGE = 13_200  # characters of JSON; undocumented, slackapi/bolt-js#2509

_ANY = 1_000_000  # of what has no limit of its own
_ID = words(1, 255)
_URL = words(1, 3000)
_TYPE = {"type": words(1, 255)}


def problems(blocks: Any) -> list[str]:
    """Return what is wrong with the blocks of a message; nothing is, where the platform would take them."""
    return [*_MESSAGE_BLOCKS(blocks, "/blocks"), *_same_names(blocks)]


def is_too_long(blocks: Any) -> bool:
    return len(json.dumps(blocks, ensure_ascii=False)) > MESSAGE


def view_problems(view: Any) -> list[str]:
    """Return what is wrong with a modal or a home tab."""
    found = list(_VIEW(view, "/view"))
    if found or not isinstance(view, dict):
        return found
    if any(block["type"] == "input" for block in view["blocks"]) and view["type"] == "modal":
        found += [] if "submit" in view else ["[ERROR] a modal with an input needs a submit"]
    return [*found, *_same_names(view["blocks"])]


def _same_names(blocks: Any) -> Iterator[str]:
    """Yield where two blocks, or two elements of one, have the same name."""
    known = [block for block in blocks if isinstance(block, dict)] if isinstance(blocks, list) else []
    if _has_doubles([block.get("block_id") for block in known]):
        yield "[ERROR] block_id already exists [json-pointer:/blocks]"
    for at, block in enumerate(known):
        elements = block.get("elements")
        inside = elements if isinstance(elements, list) else []
        if _has_doubles([one.get("action_id") for one in inside if isinstance(one, dict)]):
            yield f"[ERROR] action_id already exists [json-pointer:/blocks/{at}/elements]"


def _has_doubles(names: list[Any]) -> bool:
    given = [name for name in names if isinstance(name, str)]
    return len(given) != len(set(given))


# Texts, docs.slack.dev/reference/block-kit/composition-objects ------------------------------------


def _plain(most: int) -> Shape:
    return kinds({"plain_text": fields({**_TYPE, "text": words(1, most)}, {"emoji": flag})})


def _text(most: int) -> Shape:
    mrkdwn = fields({**_TYPE, "text": words(1, most)}, {"verbatim": flag})
    plain = fields({**_TYPE, "text": words(1, most)}, {"emoji": flag})
    return kinds({"plain_text": plain, "mrkdwn": mrkdwn})


_CONFIRM = fields(
    {"title": _plain(100), "text": _text(300), "confirm": _plain(30), "deny": _plain(30)},
    {"style": one_of("primary", "danger")},
)
_OPTION = fields(
    {"text": _text(75), "value": words(1, 150)},
    {"description": _text(75), "url": _URL},
)
_GROUP = fields({"label": _plain(75), "options": listed(_OPTION, 1, 100)})

# Elements, docs.slack.dev/reference/block-kit/block-elements --------------------------------------


def _element(needed: Mapping[str, Shape], allowed: Mapping[str, Shape] | None = None) -> Shape:
    common = {"action_id": _ID, "confirm": _CONFIRM, "focus_on_load": flag}
    return fields({**_TYPE, **needed}, {**common, **(allowed or {})})


_HINT = {"placeholder": _plain(150)}
_SEVERAL = {"max_selected_items": number(1, 100)}
_TYPED = {
    **_HINT,
    "initial_value": words(0, 3000),
    "dispatch_action_config": fields({}, {"trigger_actions_on": listed(words(1, 50), 1, 2)}),
}
_FILTER = fields({}, {"include": listed(words(1, 20), 1, 4), "exclude_bot_users": flag})
_IMAGE = fields({**_TYPE, "image_url": _URL, "alt_text": words(1, 2000)})
_BUTTON = _element(
    {"text": _plain(75)},
    {
        "value": words(1, 2000),
        "url": _URL,
        "style": one_of("primary", "danger"),
        "accessibility_label": words(1, 75),
    },
)


def _choice(initial: str) -> dict[str, Shape]:
    """Return the shapes of a menu, and of the one of which several can be chosen."""
    name = words(1, 255)
    one = _element({}, {**_HINT, f"initial_{initial}": name, "filter": _FILTER, "response_url_enabled": flag})
    many = _element({}, {**_HINT, **_SEVERAL, f"initial_{initial}s": listed(name, 1, 100), "filter": _FILTER})
    return {f"{initial}s_select": one, f"multi_{initial}s_select": many}


_OPTIONS = {"options": listed(_OPTION, 1, 100), "option_groups": listed(_GROUP, 1, 100)}
_MENUS: dict[str, Shape] = {
    "static_select": _element({}, {**_OPTIONS, **_HINT, "initial_option": _OPTION}),
    "multi_static_select": _element(
        {}, {**_OPTIONS, **_HINT, **_SEVERAL, "initial_options": listed(_OPTION, 1, 100)}
    ),
    **_choice("user"),
    **_choice("channel"),
    **_choice("conversation"),
    "checkboxes": _element({"options": listed(_OPTION, 1, 10)}, {"initial_options": listed(_OPTION, 1, 10)}),
    "radio_buttons": _element({"options": listed(_OPTION, 1, 10)}, {"initial_option": _OPTION}),
    "datepicker": _element({}, {**_HINT, "initial_date": words(10, 10)}),
    "timepicker": _element({}, {**_HINT, "initial_time": words(5, 5), "timezone": words(1, 100)}),
    "datetimepicker": _element({}, {"initial_date_time": number(0, 9_999_999_999)}),
}
_PRESSED: dict[str, Shape] = {
    **_MENUS,
    "button": _BUTTON,
    "overflow": _element({"options": listed(_OPTION, 1, 5)}),
}
_INPUTS: dict[str, Shape] = {
    **_MENUS,
    "plain_text_input": _element(
        {},
        {
            **_TYPED,
            "multiline": flag,
            "min_length": number(0, 3000),
            "max_length": number(1, 3000),
        },
    ),
    "email_text_input": _element({}, _TYPED),
    "url_text_input": _element({}, _TYPED),
    "number_input": _element(
        {"is_decimal_allowed": flag}, {**_TYPED, "min_value": words(1, 50), "max_value": words(1, 50)}
    ),
}

# Rich text, docs.slack.dev/reference/block-kit/blocks/rich-text-block -----------------------------

_LOOKS = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
_STYLE = {"style": fields({}, dict.fromkeys(_LOOKS, flag))}


def _leaf(needed: Mapping[str, Shape], allowed: Mapping[str, Shape] | None = None) -> Shape:
    return fields({**_TYPE, **needed}, {**_STYLE, **(allowed or {})})


_LEAF = {
    "text": _leaf({"text": words(1, _ANY)}),
    "link": _leaf({"url": _URL}, {"text": words(1, _ANY), "unsafe": flag}),
    "emoji": _leaf({"name": words(1, 255)}, {"unicode": words(1, 255), "skin_tone": number(1, 6)}),
    "user": _leaf({"user_id": _ID}),
    "channel": _leaf({"channel_id": _ID}),
    "usergroup": _leaf({"usergroup_id": _ID}),
    "team": _leaf({"team_id": _ID}),
    "broadcast": _leaf({"range": one_of("here", "channel", "everyone")}),
    "color": _leaf({"value": words(7, 7)}),
    "date": _leaf(
        {"timestamp": number(0, 9_999_999_999), "format": words(1, 255)},
        {"url": _URL, "fallback": words(1, 255)},
    ),
}
_LEAVES = {"elements": listed(kinds(_LEAF), 0, _ANY)}
_LINES = {"elements": listed(kinds({name: _LEAF[name] for name in ("text", "link")}), 0, _ANY)}
_BORDER = {"border": number(0, 1)}
_SECTION = fields({**_TYPE, **_LEAVES})
_RICH_TEXT = kinds(
    {
        "rich_text_section": _SECTION,
        "rich_text_quote": fields({**_TYPE, **_LEAVES}, _BORDER),
        "rich_text_preformatted": fields({**_TYPE, **_LINES}, {**_BORDER, "language": words(1, 50)}),
        "rich_text_list": fields(
            {
                **_TYPE,
                "style": one_of("bullet", "ordered"),
                "elements": listed(kinds({"rich_text_section": _SECTION}), 1, _ANY),
            },
            {**_BORDER, "indent": number(0, 8), "offset": number(0, _ANY)},
        ),
    }
)

# Blocks, docs.slack.dev/reference/block-kit/blocks ------------------------------------------------


def _block(needed: Mapping[str, Shape], allowed: Mapping[str, Shape] | None = None) -> Shape:
    return fields({**_TYPE, **needed}, {"block_id": _ID, **(allowed or {})})


def _section(thing: Any, at: str) -> Iterator[str]:
    yield from _SECTION_BLOCK(thing, at)
    if not thing.keys() & {"text", "fields"}:
        yield f"[ERROR] missing required field: text [json-pointer:{at}]"


_SECTION_BLOCK = _block(
    {},
    {
        "text": _text(3000),
        "fields": listed(_text(2000), 1, 10),
        "accessory": kinds({**_PRESSED, "image": _IMAGE}),
        "expand": flag,
    },
)
_INPUT_BLOCK = _block(
    {"label": _plain(2000), "element": kinds(_INPUTS)},
    {"hint": _plain(2000), "optional": flag, "dispatch_action": flag},
)
_SHOWN: dict[str, Shape] = {
    "section": _section,
    "header": _block({"text": _plain(150)}, {"level": number(1, 4)}),
    "context": _block(
        {
            "elements": listed(
                kinds(
                    {
                        "image": _IMAGE,
                        "plain_text": _plain(3000),
                        "mrkdwn": _text(3000),
                    }
                ),
                1,
                10,
            )
        }
    ),
    "actions": _block({"elements": listed(kinds(_PRESSED), 1, 25)}),
    "input": _INPUT_BLOCK,
    "image": _block({"image_url": _URL, "alt_text": words(1, 2000)}, {"title": _plain(2000)}),
    "divider": _block({}),
    "rich_text": _block({"elements": listed(_RICH_TEXT, 1, _ANY)}),
}
_MESSAGE_BLOCKS = listed(kinds({**_SHOWN, "markdown": _block({"text": words(1, 12_000)})}), 0, BLOCKS)
_VIEW_BLOCKS = {"blocks": listed(kinds(_SHOWN), 1, VIEW_BLOCKS)}
_NAMES = {
    "private_metadata": words(0, 3000),
    "callback_id": words(0, 255),
    "external_id": words(0, 255),
}
_VIEW = kinds(
    {
        "home": fields({**_TYPE, **_VIEW_BLOCKS}, _NAMES),
        "modal": fields(
            {**_TYPE, **_VIEW_BLOCKS, "title": _plain(24)},
            {
                **_NAMES,
                "submit": _plain(24),
                "close": _plain(24),
                "clear_on_close": flag,
                "notify_on_close": flag,
            },
        ),
    }
)
