"""Find the texts that the program marks for translation. As a program, print what is missing."""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
_ONE = ("N_", "_")
_MARKS = re.compile(r"\b(?:N_|_|ngettext)\(")  # to parse no module that has none


class MarkedText(NamedTuple):
    """A text in the code, and its form for counts other than one, if it has one."""

    text: str
    many: str | None
    place: str


@cache
def marked_texts():
    """Return all marked texts, each once, in the order of their places."""
    found = {}
    for path in sorted((ROOT / "game").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if _MARKS.search(source) is None:
            continue
        for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
            for marked in _marked(call, path.relative_to(ROOT)):
                found.setdefault(marked.text, marked)
    return sorted(found.values(), key=lambda marked: marked.place)


def _marked(call, path):
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    texts = [each.value for each in call.args if isinstance(each, ast.Constant)]
    place = f"{path}:{call.lineno:04}"
    if name in _ONE and texts and isinstance(texts[0], str):
        yield MarkedText(texts[0], None, place)
    elif name == "ngettext":
        yield MarkedText(texts[0], texts[1], place)


def entry(marked):
    """Return the text as an entry of a .po file that is yet to be filled in."""
    lines = [f"#: {marked.place.rpartition(':')[0]}", f"msgid {_quoted(marked.text)}"]
    if marked.many is None:
        return "\n".join([*lines, 'msgstr ""'])
    return "\n".join(
        [*lines, f"msgid_plural {_quoted(marked.many)}", 'msgstr[0] ""', 'msgstr[1] ""']
    )


def _quoted(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from game.catalogues import LANGUAGES, catalogue, texts_of
    from game.translation import ENGLISH

    for language in LANGUAGES:
        if language != ENGLISH:
            known = texts_of(language)
            print(f"# to be appended to {catalogue(language)}\n")
            for each in marked_texts():
                if each.text not in known:
                    print(entry(each), end="\n\n")
