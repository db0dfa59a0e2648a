"""Every text that a player reads is in every catalogue, with the same figures to be filled in."""

import ast
import re
import string

import pytest
from marked_texts import ROOT, marked_texts

from game.catalogues import LANGUAGES, first_supported, set_language, texts_of
from game.errors import InputError
from game.files import read_text
from game.translation import ENGLISH, N_, _, ngettext

IMPORTING = ("cleaning", "geojson", "gpx", "joining", "kml", "projection", "tables", "xml_text")
FOREIGN = tuple(name for name in LANGUAGES if name != ENGLISH)


@pytest.fixture(autouse=True)
def english():
    yield
    set_language(ENGLISH)


def fields(text):
    return {name for _text, name, _form, _way in string.Formatter().parse(text) if name is not None}


@pytest.mark.slow
@pytest.mark.parametrize("language", FOREIGN)
def test_a_catalogue_translates_every_marked_text(language):
    assert {each.text for each in marked_texts()} - set(texts_of(language)) == set()


@pytest.mark.parametrize("language", FOREIGN)
def test_a_catalogue_has_no_text_that_the_program_no_longer_marks(language):
    assert set(texts_of(language)) - {each.text for each in marked_texts()} == set()


@pytest.mark.parametrize("language", FOREIGN)
def test_a_translation_has_the_figures_of_the_english_text(language):
    differing = {
        text: forms
        for text, forms in texts_of(language).items()
        if any(fields(form) != fields(text) for form in forms)
    }
    assert differing == {}


@pytest.mark.parametrize("language", FOREIGN)
def test_a_translation_ends_as_the_english_text_does(language):
    stops = (".", "。")
    differing = [
        text
        for text, forms in texts_of(language).items()
        if text.endswith(".") and not text.endswith("...") and not forms[0].endswith(stops)
    ]
    assert differing == []


def test_a_text_is_english_until_a_language_is_chosen():
    assert _("Settings") == "Settings"
    set_language("es")
    assert _("Settings") == "Ajustes"
    set_language("ja")
    assert _("Settings") == "設定"
    set_language(ENGLISH)
    assert _("Settings") == "Settings"


def test_a_text_that_no_catalogue_has_passes_as_it_is():
    set_language("es")
    assert _("a setup's name") == "a setup's name"
    assert _("") == ""


def test_a_marked_text_is_not_translated_yet():
    set_language("es")
    assert N_("Settings") == "Settings"


def test_a_count_without_translation_follows_english():
    assert ngettext("{count} lap", "{count} laps", 1) == "{count} lap"
    assert ngettext("{count} lap", "{count} laps", 2) == "{count} laps"


@pytest.mark.parametrize(
    ("wanted", "best"),
    [
        (["es_MX", "en"], "es"),
        (["fr-FR", "ja-JP"], "ja"),
        (["de"], ENGLISH),
        ([], ENGLISH),
        (["EN"], ENGLISH),
    ],
)
def test_the_first_language_of_the_system_that_there_is_counts(wanted, best):
    assert first_supported(wanted) == best


def test_what_is_wrong_with_a_file_is_said_in_the_players_language(tmp_path):
    missing = tmp_path / "none.toml"
    set_language("es")
    with pytest.raises(InputError, match=re.escape(f"{missing}: no existe ese archivo")):
        read_text(missing)
    set_language(ENGLISH)
    with pytest.raises(InputError, match="there is no such file"):
        read_text(missing)


def plain(value):
    """Return whether an expression is a text in English alone."""
    if isinstance(value, ast.JoinedStr):
        return any(
            isinstance(part, ast.Constant) and part.value.strip(" :.") for part in value.values
        )
    return isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value != ""


def texts_for_the_window(tree):
    """Yield what is shown as news, and what is kept as an error, a warning or a message."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if getattr(node.func, "attr", "") in ("show", "report") and node.args:
                yield node.args[0]
        elif isinstance(node, ast.Assign):
            kept_as = getattr(node.targets[0], "attr", "")
            if kept_as in ("error", "warning", "message", "_error", "exit_reason"):
                yield node.value


def test_no_error_or_warning_reaches_the_window_without_being_translated():
    """Look through the layers whose errors the window shows; others word theirs in English."""
    wrong = [
        f"{path.relative_to(ROOT)}:{value.lineno}"
        for folder in ("app", "goals", "recording", "workers")
        for path in sorted((ROOT / "game" / folder).rglob("*.py"))
        for value in texts_for_the_window(ast.parse(path.read_text(encoding="utf-8")))
        if plain(value)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "module",
    [
        "files",
        "toml_files",
        "setups/presets",
        "setups/share_code",
        "setups/setup_file",
        "app/setup/model/exchange",
        "track/elements",
        "track/layout",
        *(f"track/importing/{each}" for each in IMPORTING),
    ],
)
def test_errors_that_the_window_shows_are_translated_where_they_are_raised(module):
    path = ROOT / "game" / f"{module}.py"
    raised = [
        node.args[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id.endswith("Error")
        and node.args
    ]
    left = {ast.unparse(value) for value in raised if plain(value)}
    assert {text for text in left if "unpack" not in text} == set()
