"""The oval, which is planned in a second."""

import pytest
from oval import make_oval


@pytest.fixture(scope="session")
def oval():
    return make_oval()
