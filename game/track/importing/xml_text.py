"""Parse untrusted XML, of which no entity is expanded and nothing is fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from game.errors import InputError

_MAX_BYTES: Final = 32_000_000


def xml_root(path: Path, content: bytes) -> Any:
    """Return the root element of an XML file. Raises InputError with one line.

    defusedxml refuses entities, which can make gigabytes of a few lines, and references to other
    files.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if len(content) > _MAX_BYTES:
        raise InputError(f"{path}: is larger than {_MAX_BYTES / 1e6:g} MB: thin out its points")
    try:
        return fromstring(content, forbid_dtd=True)
    except ParseError as error:
        raise InputError(f"{path}: is not valid XML ({error})") from None
    except DefusedXmlException:
        raise InputError(f"{path}: defines XML entities, which no map needs") from None
    except (ValueError, LookupError, RecursionError) as error:
        raise InputError(f"{path}: is not valid XML ({error})") from None
