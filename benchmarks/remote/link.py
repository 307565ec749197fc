"""A slow link in front of a server: holds bytes back as long as a real one would take.

    python -m benchmarks.remote.link PORT TARGET_PORT MILLISECONDS MBIT

It needs no privileges, unlike the network emulator of Linux, and is the same everywhere. Each
connection takes a round trip to open. All share the bandwidth, one packet after the other. Each
begins with TCP's usual window of 10 packets, which grows by what is acknowledged: it doubles each
round trip. Nothing is lost, so it never shrinks.
"""

from __future__ import annotations

import asyncio
import sys
import time

PACKET = 1448
WINDOW = 10 * PACKET
#: Bytes of the largest window: what a receiver is ready for, as Linux is by default.
LARGEST = 6 << 20


class Line:
    """What connections share: a line that carries one packet at a time."""

    def __init__(self, bandwidth: float):
        self._bandwidth, self._free = bandwidth, 0.0

    def carry(self, size: int) -> float:
        """Put bytes on the line; return when the last one has left."""
        self._free = max(time.monotonic(), self._free) + size / self._bandwidth
        return self._free


async def until(moment: float) -> None:
    """Wait for a moment of the monotonic clock."""
    wait = moment - time.monotonic()
    if wait > 0:
        await asyncio.sleep(wait)


class Window:
    """How many bytes may be on their way without having been acknowledged."""

    def __init__(self) -> None:
        self._size, self._under_way = WINDOW, 0
        self._changed = asyncio.Event()

    async def room(self, size: int) -> None:
        """Wait until so many more may be sent, and count them."""
        while self._under_way + size > self._size:
            self._changed.clear()
            await self._changed.wait()
        self._under_way += size

    async def acknowledge(self, size: int, moment: float) -> None:
        """Take bytes off at a moment to come."""
        await until(moment)
        self._under_way -= size
        self._size = min(LARGEST, self._size + size)
        self._changed.set()


async def upstream(reader, writer, opened: float, one_way: float) -> None:
    """Pass on what the client says: little, so only the way takes time."""
    while data := await reader.read(65536):
        await until(max(time.monotonic(), opened) + one_way)
        writer.write(data)
        await writer.drain()
    writer.close()


async def downstream(reader, writer, line: Line, one_way: float) -> None:
    """Pass on what the server says, packet by packet."""
    window, waiting, tasks = Window(), asyncio.Queue(), set()

    async def arrive() -> None:
        while (item := await waiting.get()) is not None:
            data, moment = item
            await until(moment)
            writer.write(data)
        writer.close()

    arriving = asyncio.create_task(arrive())
    while data := await reader.read(PACKET):
        await window.room(len(data))
        left = line.carry(len(data))
        waiting.put_nowait((data, left + one_way))
        task = asyncio.create_task(window.acknowledge(len(data), left + 2 * one_way))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    waiting.put_nowait(None)
    await arriving


async def serve(port: int, target: int, milliseconds: float, megabits: float) -> None:
    """Serve until the process ends."""
    one_way, line = milliseconds / 2000, Line(megabits * 1e6 / 8)

    async def connected(reader, writer) -> None:
        opened = time.monotonic() + 2 * one_way
        there = await asyncio.open_connection("127.0.0.1", target)
        try:
            await asyncio.gather(
                upstream(reader, there[1], opened, one_way),
                downstream(there[0], writer, line, one_way),
            )
        except OSError:  # one of them hung up
            there[1].close()
            writer.close()

    async with await asyncio.start_server(connected, "127.0.0.1", port) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), *map(float, sys.argv[3:])))
