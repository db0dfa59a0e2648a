"""Choose the language of the window: the player's, or the system's."""

from __future__ import annotations

from typing import Literal, get_args

import pygame

from game.app.ui.text import can_write
from game.catalogues import LANGUAGES, first_supported, set_language
from game.translation import ENGLISH, N_

Language = Literal["system", "en", "es", "ja"]


def use_language(chosen: Language) -> None:
    """Translate into the chosen language, or into the first of the system's that there is.

    A language that there is no font for gives way to English.
    """
    wanted = first_supported(_of_the_system()) if chosen == "system" else chosen
    set_language(wanted if can_write(LANGUAGES[wanted]) else ENGLISH)


def language_options() -> list[tuple[Language, str]]:
    """Return the choices a player has, each language called as its speakers call it."""
    languages = [each for each in get_args(Language)[1:] if can_write(LANGUAGES[each])]
    return [("system", N_("system language")), *((each, LANGUAGES[each]) for each in languages)]


def _of_the_system() -> list[str]:
    return [each["language"] for each in pygame.system.get_pref_locales()]
