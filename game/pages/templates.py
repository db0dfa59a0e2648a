"""Fill templates into pages of HTML that need nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

_FOLDER: Final = Path(__file__).parent  # with what pages have in common
_STYLE: Final = "page_style.css"


def rendered(template: Path, **values: Any) -> str:
    """Return a template with these values; `style` is the look that all pages share."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folders = (template.parent, _FOLDER)
    pages = Environment(
        autoescape=True,
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    style = (_FOLDER / _STYLE).read_text(encoding="utf-8")
    return pages.get_template(template.name).render(style=style, **values)
