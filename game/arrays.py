"""Names for the types of numpy arrays that the whole program uses."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Field = npt.NDArray[np.floating]  # one value a pixel or a place, in whatever precision suffices
