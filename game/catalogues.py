"""Read the translations of what a player reads, a catalogue for each language.

They are in `assets/locale/LANGUAGE/LC_MESSAGES/leaf-rc.po`. What they lack is drawn in English;
`python tests/helpers/marked_texts.py` lists it as entries to be filled in.
"""

from __future__ import annotations

import gettext
import importlib
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from game.files import assets_folder
from game.translation import ENGLISH, language, translate_by

LANGUAGES: Final = {ENGLISH: "English", "es": "Español", "ja": "日本語"}

_DOMAIN: Final = "leaf-rc"


def set_language(chosen: str) -> None:
    """Translate into this language from now on, one of `LANGUAGES`."""
    if chosen != language():
        translate_by(_load(chosen), chosen)


def first_supported(wanted: Iterable[str]) -> str:
    """Return the first of some languages, such as "es_MX", that there is, or English."""
    short = (name.replace("-", "_").split("_")[0].lower() for name in wanted)
    return next((name for name in short if name in LANGUAGES), ENGLISH)


def catalogue(chosen: str) -> Path:
    """Return the file with the translations into a language."""
    return assets_folder() / "locale" / chosen / "LC_MESSAGES" / f"{_DOMAIN}.po"


def texts_of(chosen: str) -> dict[str, tuple[str, ...]]:
    """Return all texts that a catalogue translates, each with its forms: several for counts."""
    polib = importlib.import_module("polib")
    return {
        entry.msgid: tuple(entry.msgstr_plural.values()) or (entry.msgstr,)
        for entry in polib.pofile(str(catalogue(chosen))).translated_entries()
    }


def _load(chosen: str) -> gettext.NullTranslations:
    if chosen == ENGLISH:
        return gettext.NullTranslations()
    polib = importlib.import_module("polib")  # takes 26 ms that English needs not wait for
    compiled = polib.pofile(str(catalogue(chosen))).to_binary()
    return gettext.GNUTranslations(io.BytesIO(compiled))
