"""Puts the digests of the program's modules into a wheel, where no checkout can be asked."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DigestsHook(BuildHookInterface):
    """Adds one file to the package of a wheel; an editable installation reads its sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the digests and let the wheel include them."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from game.sources import DIGESTS_FILE, PACKAGE, write_digests

        self._folder = TemporaryDirectory()
        path = Path(self._folder.name) / DIGESTS_FILE
        write_digests(Path(self.root) / PACKAGE, path)
        build_data["force_include"][str(path)] = f"{PACKAGE}/{DIGESTS_FILE}"

    def finalize(self, version: str, *_: Any) -> None:
        """Remove what was written; the wheel has it now."""
        if version != "editable":
            self._folder.cleanup()
