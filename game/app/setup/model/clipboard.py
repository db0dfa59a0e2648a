"""Use the system's clipboard, where there is one."""

from __future__ import annotations

import pygame


def copy(text: str) -> bool:
    """Put a text there and return whether that went well."""
    try:
        pygame.scrap.put_text(text)
    except pygame.error:
        return False
    return True


def pasted() -> str:
    """Return the text that is there; empty if there is none."""
    try:
        return pygame.scrap.get_text().strip() if pygame.scrap.has_text() else ""
    except pygame.error:
        return ""
