"""`python -m bench NAME [--data DIR] [--installed]`: run one measure and print its table."""

import argparse
import importlib
import os
import sys
from pathlib import Path

# What to type, and the module whose `main(data)` answers.
MEASURES = {
    "quality quotes": "bench.quotes",
    "quality figures": "bench.figures",
    "quality stories": "bench.stories",
    "speed": "bench.speed",
    "collect": "bench.collect",
    "stories": "bench.stories",
    "digest": "bench.digest",
    "delivery": "bench.delivery",
    "fuzz": "bench.fuzz",
    "train quotes": "bench.train_quotes",
    "train figures": "bench.train_figures",
    "train stories": "bench.train_stories",
}
ON_SAMPLES = ("quality quotes", "quality figures", "quality stories", "speed")  # what `all` runs
CHECKOUT = Path(__file__).parent.parent


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", nargs="+", help=", ".join([*MEASURES, "all"]))
    parser.add_argument("--data", type=Path, default=os.environ.get("PULLQUOTE_EVAL"), help="labelled data")
    parser.add_argument("--installed", action="store_true", help="not the checkout, but what .venv has")
    given = parser.parse_args()
    name = " ".join(given.name)
    if name != "all" and name not in MEASURES:
        parser.error(f"no measure is called {name}; there are {', '.join(MEASURES)}")
    if given.installed:
        sys.path.sort(key=lambda folder: Path(folder).resolve() == CHECKOUT)  # last; `bench` itself is found
    print(f"engine: {_engine()}")
    names = ON_SAMPLES if name == "all" else (name,)
    return max(_measure(one, given.data) for one in names)


def _measure(name: str, data: Path | None) -> int:
    code: int = importlib.import_module(MEASURES[name]).main(Path(data) if data else None)
    return code


def _engine() -> str:
    """Say whether what is measured is compiled (`make compiled`), and where it lies."""
    path = Path(str(importlib.import_module("digests.facts").__file__))
    return f"{'plain' if path.suffix == '.py' else 'compiled'}, {path.parent.parent}"


if __name__ == "__main__":
    sys.exit(main())
