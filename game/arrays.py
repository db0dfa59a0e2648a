"""Name the types of numpy arrays that the whole program uses."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
FloatArray = npt.NDArray[np.floating]  # in whatever precision suffices
Mask = npt.NDArray[np.bool_]  # True where something holds
Indices = npt.NDArray[np.intp]
AnyArray = npt.NDArray[Any]  # observations, actions: of the type that an option chooses
