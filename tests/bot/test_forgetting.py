"""What is forgotten is older than the operator has it kept."""

from datetime import timedelta

from bot.forgetting import KEEP_DELIVERIES, KEEP_KEYS, Forgetting
from bot.model import Keeping
from tests.fakes import NOON


async def test_each_kind_is_kept_for_its_own_time():
    asked = []

    class Memory:
        async def forget(self, since):
            asked.append(since)
            return {"texts": 3}

    await Forgetting(texts=timedelta(days=14), facts=timedelta(days=90))(Memory(), now=NOON)

    expected = Keeping(
        texts=NOON - timedelta(days=14),
        facts=NOON - timedelta(days=90),
        keys=NOON - KEEP_KEYS,
        deliveries=NOON - KEEP_DELIVERIES,
    )
    assert asked == [expected]
