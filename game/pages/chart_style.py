"""Define the look that charts on pages share, and make a chart an element of a page."""

from __future__ import annotations

import io
from typing import Any, Final

INK: Final = "#1d2733"
STYLE: Final[Any] = {
    "svg.fonttype": "none",  # letters stay letters: to be searched, copied and read aloud
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": INK,
    "axes.edgecolor": "#c5ccd4",
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#e6eaee",
    "xtick.color": "#4a5664",
    "ytick.color": "#4a5664",
    "legend.frameon": False,
}


def svg_text(figure: Any, salt: str) -> str:
    """Return a figure as an element of HTML; its names are its own, and the same in every run."""
    import matplotlib as mpl

    stream = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": salt}):
        figure.savefig(stream, format="svg", metadata={"Date": None})
    text = stream.getvalue()
    return text[text.index("<svg") :]
