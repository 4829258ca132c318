"""Load on a server: sessions without a browser that click all the time. ``make load`` prints what they wait for.

Each session is what Streamlit's page is to the server: a websocket, over which a click is a message with the state of a
widget, and the answer ends with the message that the script is finished.
"""

import argparse
import asyncio
import json
import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from tests.servers import end, free_port, start_app

PAUSE_S = (0.5, 3.5)  # between the clicks of a session: somebody who is in a hurry


class Session:
    """One reader who clicks the boxes of the filter."""

    def __init__(self, socket: ClientConnection, seed: int) -> None:
        self.socket = socket
        self.random = random.Random(seed)
        self.boxes: dict[str, bool] = {}
        self.bytes = 0

    async def open(self) -> None:
        """Open the map."""
        await self._ask(BackMsg())

    async def click(self) -> float:
        """Click a box; gives the seconds until the script behind it is finished."""
        chosen = self.random.choice([*self.boxes])
        self.boxes[chosen] = not self.boxes[chosen]
        message = BackMsg()
        for id_, value in self.boxes.items():
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.bool_value = id_, value
        began = time.perf_counter()
        await self._ask(message)
        return time.perf_counter() - began

    async def _ask(self, message: BackMsg) -> None:
        if not message.WhichOneof("type"):
            message.rerun_script.query_string = ""
        await self.socket.send(message.SerializeToString())
        while True:
            content = await self.socket.recv()
            assert isinstance(content, bytes)
            self.bytes += len(content)
            answer = ForwardMsg.FromString(content)
            kind = answer.WhichOneof("type")
            if kind == "delta" and answer.delta.new_element.WhichOneof("type") == "checkbox":
                self.boxes[answer.delta.new_element.checkbox.id] = answer.delta.new_element.checkbox.value
            elif kind == "script_finished":
                return


async def click_for(address: str, seconds: float, number: int, waits: list[float], sent: list[int]) -> None:
    """Open a session, and click for some time."""
    origin = Origin(f"http://{address}")
    async with connect(f"ws://{address}/_stcore/stream", origin=origin, max_size=None) as socket:
        session = Session(socket, number)
        await session.open()
        until, before = time.monotonic() + seconds, session.bytes
        clicks = 0
        while time.monotonic() < until:
            await asyncio.sleep(session.random.uniform(*PAUSE_S))
            waits.append(await session.click())
            clicks += 1
        sent.append((session.bytes - before) // max(clicks, 1))


async def open_and_leave(address: str, count: int) -> None:
    """Open sessions, and leave each as soon as it has begun."""
    for _number in range(count):
        async with connect(
            f"ws://{address}/_stcore/stream", origin=Origin(f"http://{address}"), max_size=None
        ) as socket:
            message = BackMsg()
            message.rerun_script.query_string = ""
            await socket.send(message.SerializeToString())
            await socket.recv()


def memory_mb(pid: int) -> float:
    """The memory of a process that is in use."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def measured(address: str, pid: int, sessions: list[int], seconds: float) -> Iterator[dict[str, float]]:
    """Click with so many sessions at once, one number of them after the other."""
    for count in sessions:
        waits: list[float] = []
        sent: list[int] = []

        async def click_all(count: int = count, waits: list[float] = waits, sent: list[int] = sent) -> None:
            await asyncio.gather(*(click_for(address, seconds, number, waits, sent) for number in range(count)))

        began = memory_mb(pid)
        asyncio.run(click_all())
        yield {
            "sessions": count,
            "clicks": len(waits),
            "p50_s": round(statistics.median(waits), 3),
            "p95_s": round(statistics.quantiles(waits, n=20)[-1], 3),
            "kB_a_click": round(statistics.mean(sent) / 1000, 1),
            "memory_mb_before": round(began),
            "memory_mb_after": round(memory_mb(pid)),
        }


def main() -> None:
    """Start a server, click, and print what was waited for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, nargs="+", default=[1, 5, 20])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--left", type=int, default=200, help="sessions that are opened and left at the end")
    options = parser.parse_args()
    port = free_port()
    server = start_app(port, {})
    try:
        for row in measured(f"127.0.0.1:{port}", server.pid, options.sessions, options.seconds):
            print(json.dumps(row), flush=True)
        before = memory_mb(server.pid)
        asyncio.run(open_and_leave(f"127.0.0.1:{port}", options.left))
        print(json.dumps({"opened_and_left": options.left, "memory_mb": [round(before), round(memory_mb(server.pid))]}))
    finally:
        end(server)


if __name__ == "__main__":
    main()
