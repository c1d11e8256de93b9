"""All that we say, as it stands in the code: what is to be translated."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2] / "bot"
SAYERS = {"say", "phrase", "UserMistake", "said", "gettext", "ngettext", "translated"}
SKIPPED = ("edition", "standins", "cli", "web", "work", "chats", "locales", "errors.py", "phrase.py")
_CODE = re.compile(r"`[^`]*`|\{\w+\}")


def messages() -> dict[str, str | None]:
    """Return every line that we say, and its plural where it has one."""
    found: dict[str, str | None] = {}
    for path in sorted(ROOT.rglob("*.py")):
        if path.relative_to(ROOT).parts[0] not in SKIPPED:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for text, plural in _said_in(tree):
                for line in text.splitlines():
                    if any(char.isalpha() for char in _CODE.sub("", line)):
                        found[line] = plural or found.get(line)
    return found


def _said_in(tree: ast.Module) -> Iterator[tuple[str, str | None]]:
    names = _constants(tree)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        keywords = {keyword.arg: keyword.value for keyword in call.keywords}
        if name == "ngettext":
            singular, plural = (next(iter(_texts(one, names))) for one in call.args[:2])
            yield singular, plural
        elif name in SAYERS and call.args:
            yield from ((text, None) for text in _texts(call.args[0], names))
        elif name == "Button":
            label = call.args[0] if call.args else keywords["label"]
            yield from ((text, None) for text in _texts(label, names))
        elif name == "Command":
            for part in (keywords.get("takes"), keywords["does"], keywords.get("mine")):
                yield from ((text, None) for text in _texts(part, names))


def _constants(tree: ast.AST) -> dict[str, list[ast.expr]]:
    """Return what is assigned to each name, anywhere in the module."""
    names: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    names.setdefault(target.id, []).append(node.value)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            names.setdefault(node.target.id, []).append(node.value)
    return names


def _texts(node: ast.AST | None, names: dict[str, list[ast.expr]], depth: int = 0) -> Iterator[str]:
    if node is None or depth > 4:
        return
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node.value
    elif isinstance(node, ast.Name):
        for value in names.get(node.id, ()):
            yield from _texts(value, names, depth + 1)
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body, names, depth)
        yield from _texts(node.orelse, names, depth)
    elif isinstance(node, ast.BoolOp | ast.Dict):
        for value in node.values:
            yield from _texts(value, names, depth)
    elif isinstance(node, ast.Tuple):
        for value in node.elts[1:]:  # the first is a word to type
            yield from _texts(value, names, depth)
    elif isinstance(node, ast.Subscript):
        yield from _texts(node.value, names, depth)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
        for part in (node.func.value, *node.args[1:]):
            yield from _texts(part, names, depth)
    elif isinstance(node, ast.BinOp):
        for part in (node.left, node.right):
            yield from _texts(part, names, depth)


if __name__ == "__main__":
    for text, plural in messages().items():
        print(repr(text), f"| {plural!r}" if plural else "")
