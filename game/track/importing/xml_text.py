"""Parse untrusted XML, of which no entity is expanded and nothing is fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from game.errors import InputError
from game.translation import _

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
        text = _("{path}: is larger than {max:g} MB: thin out its points")
        raise InputError(text.format(path=path, max=_MAX_BYTES / 1e6))
    try:
        return fromstring(content, forbid_dtd=True)
    except ParseError as error:
        raise _invalid(path, error) from None
    except DefusedXmlException:
        raise InputError(
            _("{path}: defines XML entities, which no map needs").format(path=path)
        ) from None
    except (ValueError, LookupError, RecursionError) as error:
        raise _invalid(path, error) from None


def _invalid(path: Path, why: Exception) -> InputError:
    return InputError(_("{path}: is not valid XML ({reason})").format(path=path, reason=why))
