"""Targets that lessons and the practice of corners have at once."""

import pytest
from corner_targets import corner_targets


@pytest.fixture
def targets(routes, monkeypatch):
    found = corner_targets(routes.garage)
    monkeypatch.setattr(routes.garage.targets_ahead, "of", lambda _: found)
    return found
