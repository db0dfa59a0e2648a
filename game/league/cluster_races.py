"""Drive the races of a season by the workers of a Dask cluster that already runs."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import CancelledError, as_completed
from typing import Any

from distributed import KilledWorker

from game.errors import InputError
from game.league.race_process import RaceOrder, drive_order, program_key
from game.league.rounds import bot_code
from game.racing.guarded_race import NumberedRace, OnRun, OnShare
from game.tuning.cluster import reach_cluster


class ClusterRaces:
    """Drives races on a cluster; the bots' files have to be at the same places there as here."""

    def __init__(self, address: str) -> None:
        """Raise InputError if nobody answers at the address, such as tcp://10.0.0.1:8786."""
        self._address = address
        self._client: Any = reach_cluster(address)

    def drive(self, races: Sequence[NumberedRace], on_run: OnRun, _on_share: OnShare) -> None:
        """Drive races; `on_run` is called with each as it ends. Raises InputError if it cannot."""
        try:
            executor = self._client.get_executor(pure=False)
            numbers = {executor.submit(drive_order, _order(each)): each.number for each in races}
            for future in as_completed(numbers):
                try:
                    on_run(numbers[future], future.result())
                except KilledWorker:
                    on_run(numbers[future], "its process ended several times")
        except CancelledError:
            raise InputError(
                "the connection to the workers was lost; what came in is kept: run it again"
            ) from None
        except InputError as error:
            raise InputError(f"--cluster {self._address}: {error}") from None
        finally:
            self._client.close()


def _order(each: NumberedRace) -> RaceOrder:
    folder = each.race.conditions.folder
    codes = {entry.bot: bot_code(entry.bot, folder) for entry in each.race.entries}
    return RaceOrder(each.race, program_key(), codes)
