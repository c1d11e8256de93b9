"""How long something takes, told so that a busy machine changes it little."""

import gc
import time
from collections.abc import Callable


def cpu_seconds(call: Callable[[], object], *, tries: int = 3) -> float:
    """Return the processor's seconds of the quickest of `tries` calls."""
    gc.collect()
    gc.disable()
    try:
        return min(_once(call) for _ in range(tries))
    finally:
        gc.enable()


def _once(call: Callable[[], object]) -> float:
    begin = time.process_time()
    call()
    return time.process_time() - begin
