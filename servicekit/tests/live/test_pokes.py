"""A hint from a plain thread reaches the sockets of a group; without Redis it is only late."""

import asyncio
from typing import Any

from channels.layers import get_channel_layer

from servicekit.live import pokes
from servicekit.testing.worker import PATIENCE_S


def test_a_poke_reaches_its_group_and_no_other() -> None:
    async def scenario() -> list[dict[str, Any]]:
        layer: Any = get_channel_layer()
        mine, other = await layer.new_channel(), await layer.new_channel()
        await layer.group_add("kit.1", mine)
        await layer.group_add("kit.2", other)
        await asyncio.to_thread(pokes.poke, ["kit.1"], {"type": "live.poke", "seq": 7})
        await asyncio.to_thread(pokes.poke, ["kit.2"], {"type": "live.poke", "seq": 8})
        async with asyncio.timeout(PATIENCE_S):
            heard = [await layer.receive(each) for each in (mine, other)]
        await layer.flush()
        return heard

    assert [each["seq"] for each in asyncio.run(scenario())] == [7, 8]


def test_without_redis_a_poke_is_lost_and_nothing_else(settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    pokes.poke(["kit.1"], {"type": "live.poke"})
