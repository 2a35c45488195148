"""One read for all sockets of a process that ask the same thing at the same time."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

KEEP_S = 1.0
T = TypeVar("T")


class SharedReads(Generic[T]):
    """Remembers each read for a second, by a key that says what it must contain.

    50 sockets that hear of the same comment cost one read of the database and not 50.
    """

    def __init__(self) -> None:
        self._reads: dict[Hashable, asyncio.Task[T]] = {}

    async def get(self, key: Hashable, read: Callable[[], Awaitable[T]]) -> T:
        """Return what the first to ask has read; its error, too, and then nothing is kept."""
        loop = asyncio.get_running_loop()
        full_key = (loop, key)
        task = self._reads.get(full_key)
        if task is None:
            task = self._reads[full_key] = loop.create_task(_awaited(read))
            loop.call_later(KEEP_S, self._reads.pop, full_key, None)
        try:
            return await asyncio.shield(task)
        except Exception:
            self._reads.pop(full_key, None)
            raise


async def _awaited(read: Callable[[], Awaitable[T]]) -> T:
    return await read()
