"""A small circuit, and a way to write it with mistakes."""

import pytest
from oval import OVAL, make_oval


@pytest.fixture
def write(tmp_path):
    """Writes the oval with some of its text replaced, and gives the path of the file."""

    def write_with(*changes):
        text = OVAL
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        folder = tmp_path / "oval"
        folder.mkdir(exist_ok=True)
        path = folder / "track.toml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write_with


@pytest.fixture(scope="session")
def oval():
    """The small world."""
    return make_oval()
