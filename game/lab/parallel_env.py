"""Import the base of PettingZoo's parallel environments, and let pygame's sound be.

PettingZoo has SDL use a sound driver that few machines have, for all of the process.
"""

from __future__ import annotations

import os
from typing import Final

_DRIVER: Final = "SDL_AUDIODRIVER"
_chosen = os.environ.get(_DRIVER)

from pettingzoo import ParallelEnv as ParallelEnv  # noqa: E402

if _chosen is None:
    os.environ.pop(_DRIVER, None)
else:
    os.environ[_DRIVER] = _chosen
