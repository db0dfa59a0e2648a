"""Name contents by a short hash: equal contents get equal names, and others get others."""

from __future__ import annotations

import hashlib
from typing import Final

_LETTERS: Final = 16  # 64 bits: among millions of contents no two share a name by chance


def short_digest(*parts: bytes) -> str:
    """Return a name for some bytes, one part behind the other."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()[:_LETTERS]
