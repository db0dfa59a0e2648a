"""Translate the words that a player reads, by gettext.

Texts stand in the code in English, which is the key of their translations:

    _("Lap {number}").format(number=3)              translated now, then filled in
    N_("Drive")                                     marked here, translated where it is drawn
    ngettext("{count} lap", "{count} laps", count)  the form for a count, translated now

What the widgets of `app/ui` are given as labels, titles, notes, options, hints and headings is
marked with `N_`: they translate it at each drawing, so that another language shows at once. All
else is translated by whoever puts the text together. Texts of the player's own pass unchanged.

The translations are in `assets/locale/LANGUAGE/LC_MESSAGES/leaf-rc.po`. What they lack is drawn in
English; `python tests/helpers/marked_texts.py` lists it as entries to be filled in.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import polib

from game.files import assets_folder

LANGUAGES: Final = {"en": "English", "es": "Español", "ja": "日本語"}
ENGLISH: Final = "en"

_DOMAIN: Final = "leaf-rc"


class _Current:
    """The language in use, which is the same for the whole program."""

    language = ENGLISH
    texts: gettext.NullTranslations = gettext.NullTranslations()


def _(text: str) -> str:
    """Return a text in the player's language."""
    return _Current.texts.gettext(text) if text else ""  # gettext would give the head


def N_(text: str) -> str:  # noqa: N802
    """Mark a text that is translated later; return it as it is."""
    return text


def ngettext(one: str, many: str, count: int) -> str:
    """Return the text for a count, in the player's language."""
    return _Current.texts.ngettext(one, many, count)


def language() -> str:
    """Return the language in use, one of `LANGUAGES`."""
    return _Current.language


def set_language(chosen: str) -> None:
    """Translate into this language from now on, one of `LANGUAGES`."""
    if chosen != _Current.language:
        _Current.texts = _load(chosen)
        _Current.language = chosen


def first_supported(wanted: Iterable[str]) -> str:
    """Return the first of some languages, such as "es_MX", that there is, or English."""
    short = (name.replace("-", "_").split("_")[0].lower() for name in wanted)
    return next((name for name in short if name in LANGUAGES), ENGLISH)


def catalogue(chosen: str) -> Path:
    """Return the file with the translations into a language."""
    return assets_folder() / "locale" / chosen / "LC_MESSAGES" / f"{_DOMAIN}.po"


def texts_of(chosen: str) -> dict[str, tuple[str, ...]]:
    """Return all texts that a catalogue translates, each with its forms: several for counts."""
    return {
        entry.msgid: tuple(entry.msgstr_plural.values()) or (entry.msgstr,)
        for entry in polib.pofile(str(catalogue(chosen))).translated_entries()
    }


def _load(chosen: str) -> gettext.NullTranslations:
    if chosen == ENGLISH:
        return gettext.NullTranslations()
    compiled = polib.pofile(str(catalogue(chosen))).to_binary()
    return gettext.GNUTranslations(io.BytesIO(compiled))
