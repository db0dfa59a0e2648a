"""Fill templates into pages of HTML that need nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

_STYLE: Final = "page_style.css"


def rendered(template: Path, **values: Any) -> str:
    """Return a template with these values; `style` is the look that all pages share."""
    from jinja2 import Environment, StrictUndefined

    pages = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    style = Path(__file__).with_name(_STYLE).read_text(encoding="utf-8")
    text = template.read_text(encoding="utf-8")
    return pages.from_string(text).render(style=style, **values)
