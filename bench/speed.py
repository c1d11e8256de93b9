"""How many articles a second `pullquote facts` answers: the whole process, start included, on one core."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

import bot

COPIES = 1000  # lines given to the process
TARGET = 100  # articles a second

_SAMPLES = Path(__file__).parent.parent / "tests" / "samples" / "facts"


def main(data: Path | None) -> int:
    """Print articles and sentences a second; with `data`, on its articles of world news."""
    texts = _texts(data)
    lines = [json.dumps({"id": number, "text": texts[number % len(texts)]}) for number in range(COPIES)]
    seconds = _seconds("\n".join(lines))
    kilobytes = sum(len(texts[number % len(texts)]) for number in range(COPIES)) / 1000
    table = Table("measure", "value", "target", title="pullquote facts, whole process")
    table.add_row("articles / s", f"{COPIES / seconds:.0f}", f">= {TARGET}")
    table.add_row("thousand characters / s", f"{kilobytes / seconds:.0f}", "")
    Console().print(table)
    return 0 if COPIES / seconds >= TARGET else 1


def _texts(data: Path | None) -> list[str]:
    if data is None:
        return [path.read_text(encoding="utf-8") for path in sorted(_SAMPLES.glob("*.txt"))]
    lines = (data / "worldnews.train.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def _seconds(given: str) -> float:
    command = [sys.executable, "-P", "-m", "bot", "facts", "--format", "jsonl"]
    ours = {**os.environ, "PYTHONPATH": str(Path(bot.__path__[0]).parent)}  # compiled or plain, as here
    begin = time.perf_counter()
    subprocess.run(command, env=ours, input=given.encode(), stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin
