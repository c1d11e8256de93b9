"""The property tests on new examples, many of each: what `.ci/check` asks on the same few."""

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parent.parent


def main(_: Path | None) -> int:
    """Run every property test that needs no server on 2,000 random examples; return pytest's exit code."""
    command = [sys.executable, "-m", "pytest", "-n", "2", "--hypothesis-profile", "fuzz"]
    return subprocess.run([*command, "-m", "hypothesis and not postgres"], cwd=_ROOT, check=False).returncode
