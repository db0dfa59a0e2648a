"""The bot drives the same lap on every processor: a day's times are the same for everybody."""

import dataclasses
import hashlib
import os
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy._core import _multiarray_umath as numpy_core
from oval import make_oval

from game.bot.planning import work_out_plan
from game.vehicle.setup import default_setup
from game.vehicle.spec import load_car

pytestmark = pytest.mark.slow


def plan_digest():
    """Return a name for every bit of a plan that is worked out here and now."""
    spec = load_car()
    plan = work_out_plan(make_oval(), spec, default_setup(spec))
    digest = hashlib.sha256()
    for field in dataclasses.fields(plan):
        digest.update(np.asarray(getattr(plan, field.name), np.float64).tobytes())
    return digest.hexdigest()


@pytest.mark.skipif(
    platform.machine() not in ("x86_64", "AMD64"), reason="names processors of this family"
)
def test_a_plan_has_the_same_bits_on_an_old_processor():
    """Libraries are made to believe in one: they choose their routines when they are loaded."""
    features = numpy_core.__cpu_features__
    newer = [name for name in numpy_core.__cpu_dispatch__ if features.get(name)]
    old = {"OPENBLAS_CORETYPE": "Prescott", "NPY_DISABLE_CPU_FEATURES": " ".join(newer)}
    there = subprocess.run(
        [sys.executable, "-c", f"import {Path(__file__).stem} as test; print(test.plan_digest())"],
        env={**os.environ, **old, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == plan_digest()
