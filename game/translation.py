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

import ast
import gettext
import io
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from game.files import assets_folder

LANGUAGES: Final = {"en": "English", "es": "Español", "ja": "日本語"}
ENGLISH: Final = "en"

_DOMAIN: Final = "leaf-rc"
_MO_MAGIC: Final = 0x950412DE


class _Current:
    """The language in use, which is the same for the whole program."""

    language = ENGLISH
    texts: gettext.NullTranslations = gettext.NullTranslations()


def _(text: str) -> str:
    """Return a text in the player's language."""
    return _Current.texts.gettext(text) if text else ""  # of the empty text it has the head


def N_(text: str) -> str:  # noqa: N802
    """Mark a text that is translated later; return it as it is."""
    return text


def ngettext(one: str, many: str, count: int) -> str:
    """Return the text for a count, in the player's language."""
    return _Current.texts.ngettext(one, many, count)


def language() -> str:
    """Return the language in use, one of `LANGUAGES`."""
    return _Current.language


def use(chosen: str) -> None:
    """Translate into this language from now on, one of `LANGUAGES`."""
    if chosen != _Current.language:
        _Current.texts = _load(chosen)
        _Current.language = chosen


def best_of(wanted: Iterable[str]) -> str:
    """Return the first of some languages, such as "es_MX", that there is, or English."""
    short = (name.replace("-", "_").split("_")[0].lower() for name in wanted)
    return next((name for name in short if name in LANGUAGES), ENGLISH)


def catalogue(chosen: str) -> Path:
    """Return the file with the translations into a language."""
    return assets_folder() / "locale" / chosen / "LC_MESSAGES" / f"{_DOMAIN}.po"


def texts_of(chosen: str) -> dict[str, tuple[str, ...]]:
    """Return all texts that a catalogue translates, each with its forms: several for counts."""
    messages = _messages(catalogue(chosen).read_text(encoding="utf-8"))
    return {key.split("\0")[0]: tuple(value.split("\0")) for key, value in messages if key}


def _load(chosen: str) -> gettext.NullTranslations:
    if chosen == ENGLISH:
        return gettext.NullTranslations()
    text = catalogue(chosen).read_text(encoding="utf-8")
    return gettext.GNUTranslations(io.BytesIO(_compiled(dict(_messages(text)))))


def _messages(text: str) -> Iterator[tuple[str, str]]:
    """Yield each message of a .po file as a .mo file holds it: forms for counts joined by NUL."""
    for block in text.split("\n\n"):
        fields: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            quoted = line
            if not line.startswith('"'):
                name, _space, quoted = line.partition(" ")
                fields[name] = ""
            fields[name] += ast.literal_eval(quoted)
        forms = [fields[each] for each in sorted(fields) if each.startswith("msgstr")]
        if any(forms):
            plural = fields.get("msgid_plural")
            key = fields["msgid"] if plural is None else f"{fields['msgid']}\0{plural}"
            yield key, "\0".join(forms)


def _compiled(messages: dict[str, str]) -> bytes:
    """Return messages as the bytes of a .mo file, the only kind that gettext reads."""
    pairs = sorted((key.encode(), value.encode()) for key, value in messages.items())
    keys_at, values_at = 28, 28 + 8 * len(pairs)
    texts_at = values_at + 8 * len(pairs)
    tables, texts = [b"", b""], b""
    for column in (0, 1):
        for pair in pairs:
            tables[column] += struct.pack("<II", len(pair[column]), texts_at + len(texts))
            texts += pair[column] + b"\0"
    head = struct.pack("<7I", _MO_MAGIC, 0, len(pairs), keys_at, values_at, 0, 0)
    return head + b"".join(tables) + texts
