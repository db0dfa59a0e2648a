"""Translate the words that a player reads, by gettext.

Texts stand in the code in English, which is the key of their translations:

    _("Lap {number}").format(number=3)              translated now, then filled in
    N_("Drive")                                     marked here, translated where it is drawn
    ngettext("{count} lap", "{count} laps", count)  the form for a count, translated now

What the widgets of `app/ui` are given as labels, titles, notes, options, hints and headings is
marked with `N_`: they translate it at each drawing, so that another language shows at once. All
else is translated where the text is put together. Texts of the player's own pass unchanged.

Errors that the window may show are translated where they are raised. On the command line nobody
chooses a language, so that they are English there. `game/catalogues.py` has the translations.
"""

from __future__ import annotations

import gettext
from typing import Final

ENGLISH: Final = "en"


class _Current:
    """Holds the language in use, which is the same for the whole program."""

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
    """Return the language in use, by its code."""
    return _Current.language


def translate_by(texts: gettext.NullTranslations, chosen: str) -> None:
    """Use these texts of a language from now on."""
    _Current.texts, _Current.language = texts, chosen
