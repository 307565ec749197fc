"""A slow connection to a server: delays bytes as long as a real one would.

    python -m benchmarks.remote.link PORT TARGET_PORT MILLISECONDS MBIT

Unlike the network emulator of Linux, it needs no privileges, and works on any system. Each
connection takes a round trip to open. All share the bandwidth, one packet after the other. Each
starts with TCP's usual window of 10 packets, which grows with acknowledgments: it doubles with each
round trip. Nothing is lost, so it never shrinks.
"""

from __future__ import annotations

import asyncio
import sys
import time

PACKET = 1448
WINDOW = 10 * PACKET
#: Largest receive window in bytes, the default of Linux.
LARGEST = 6 << 20


class Line:
    """A line that carries one packet at a time, shared by all connections."""

    def __init__(self, bandwidth: float):
        self._bandwidth, self._free = bandwidth, 0.0

    def carry(self, size: int) -> float:
        """Send bytes; return when the last one has left."""
        self._free = max(time.monotonic(), self._free) + size / self._bandwidth
        return self._free


async def until(moment: float) -> None:
    """Wait until a time of the monotonic clock."""
    wait = moment - time.monotonic()
    if wait > 0:
        await asyncio.sleep(wait)


class Window:
    """Congestion window: bytes in flight without acknowledgment."""

    def __init__(self) -> None:
        self._size, self._under_way = WINDOW, 0
        self._changed = asyncio.Event()

    async def room(self, size: int) -> None:
        """Wait until ``size`` more bytes may be sent, and count them."""
        while self._under_way + size > self._size:
            self._changed.clear()
            await self._changed.wait()
        self._under_way += size

    async def acknowledge(self, size: int, moment: float) -> None:
        """Acknowledge bytes at a future time."""
        await until(moment)
        self._under_way -= size
        self._size = min(LARGEST, self._size + size)
        self._changed.set()


async def upstream(reader, writer, opened: float, one_way: float) -> None:
    """Forward requests: they are short, so only latency matters."""
    while data := await reader.read(65536):
        await until(max(time.monotonic(), opened) + one_way)
        writer.write(data)
        await writer.drain()
    writer.close()


async def downstream(reader, writer, line: Line, one_way: float) -> None:
    """Forward responses, packet by packet."""
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
        except OSError:  # a connection was closed
            there[1].close()
            writer.close()

    async with await asyncio.start_server(connected, "127.0.0.1", port) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), *map(float, sys.argv[3:])))
