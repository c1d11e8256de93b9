"""When the platform says that a bot sends too fast. core.telegram.org/bots/faq#broadcasting-to-users"""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Rule:
    """So many messages in so many seconds."""

    most: int
    seconds: float


PER_BOT, PER_CHAT, PER_GROUP = Rule(30, 1.0), Rule(1, 1.0), Rule(20, 60.0)


@dataclass(slots=True)
class Limits:
    """Counts messages as they come. A refused one counts for nothing."""

    clock: Callable[[], float] = time.monotonic
    per_bot: Rule = PER_BOT
    per_chat: Rule = PER_CHAT
    per_group: Rule = PER_GROUP
    _sent: dict[tuple[str, int], deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def wait(self, chat: int) -> int:
        """Return whole seconds to wait before a message to `chat`; 0: it may come, and is counted."""
        now = self.clock()
        buckets = [(("bot", 0), self.per_bot), (("chat", chat), self.per_chat)]
        if chat < 0:
            buckets.append((("group", chat), self.per_group))
        wait = max(self._left(key, rule, now) for key, rule in buckets)
        if wait <= 0:
            for key, _ in buckets:
                self._sent[key].append(now)
        return math.ceil(wait)

    def _left(self, key: tuple[str, int], rule: Rule, now: float) -> float:
        sent = self._sent[key]
        while sent and sent[0] <= now - rule.seconds:
            sent.popleft()
        return sent[0] + rule.seconds - now if len(sent) >= rule.most else 0.0
