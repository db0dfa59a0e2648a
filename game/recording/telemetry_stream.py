"""Send what a car measures to dashboards on this computer while it drives, by UDP.

A packet is one JSON object, sixty times a second: `format`, `circuit` and `car`, then the time and
every quantity of a snapshot by the name that it has in telemetry, unit included. Games mostly send
structs of fixed layout, which a dashboard has to be written for field by field; a hundred
quantities with their names are read by one call in any language, and more of them break nothing.

The socket never waits: a packet that finds no room, or nobody who listens, is lost.
"""

from __future__ import annotations

import socket
from typing import Final

import msgspec

from game.simulation.world import Step

FORMAT: Final = 1
HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 20888  # that none of the well-known games sends to
_TICKS: Final = 4  # between two packets


class TelemetryStream:
    """Listens to one car. Nothing is sent until there is a port to send to."""

    def __init__(self, step_s: float) -> None:
        self._step_s = step_s
        self._car = 0  # among those of the world
        self._about: dict[str, object] = {"format": FORMAT}
        self._port = 0
        self._socket: socket.socket | None = None

    def describe(self, circuit: str, car: str, number: int = 0) -> None:
        """Say what is driven from now on, and where; number: of the car in its world."""
        self._about |= {"circuit": circuit, "car": car}
        self._car = number

    def send_to(self, port: int) -> None:
        """Send to a port of this computer from now on; 0: send nothing."""
        self._port = port
        if port and self._socket is None:
            self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self._socket.setblocking(False)
        elif not port:
            self.close()

    def close(self) -> None:
        """Send nothing more."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def on_step(self, step: Step) -> None:
        """Send the car as it is after a step, if it is its turn."""
        if self._socket is None:
            return
        now = step.snapshots[self._car]
        if now.tick % _TICKS:
            return
        time_s = now.tick * self._step_s
        times = {"time_s": time_s, "lap_time_s": time_s - now.lap_start_s}
        packet = msgspec.json.encode(self._about | times | now._asdict())
        try:
            self._socket.sendto(packet, (HOST, self._port))
        except OSError:  # it is full, or nobody listens: the next one may get through
            return
