"""What the style asks of every module and no other tool checks."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GENERATED = ROOT / "digests" / "store" / "migrations" / "versions"
MODULES = sorted(
    path
    for package in ("bot", "digests", "config", "bench")
    for path in (ROOT / package).rglob("*.py")
    if GENERATED not in path.parents
)
NAMES_FOR_NOTHING = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common", "process"}
WALL = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}
AT_HOME = ROOT / "bot" / "clock.py"

each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))


def test_there_are_modules_to_look_at():
    assert len(MODULES) > 100


@each_module
def test_module_has_a_true_name(path):
    assert not NAMES_FOR_NOTHING & set(path.relative_to(ROOT).with_suffix("").parts)


@each_module
def test_module_says_in_its_first_line_what_becomes_of_what(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not tree.body:
        return  # a package's empty door

    said = ast.get_docstring(tree)

    assert said
    first, *rest = said.splitlines()
    assert "." in first  # a whole sentence
    assert not rest or not rest[0].strip()


@each_module
def test_wall_time_is_read_in_one_place(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))

    reads = {
        (name, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        for name in [node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "attr", "")]
        if (name, node.attr) in WALL
    }

    assert not reads or path == AT_HOME


@each_module
def test_no_module_switches_a_rule_off_without_a_word(path):
    bare = [
        line
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.rstrip().endswith(("# noqa", "# type: ignore"))
    ]

    assert bare == []
