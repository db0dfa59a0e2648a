"""Every text that a player reads is in every catalogue, with the same figures to be filled in."""

import string

import pytest
from marked_texts import marked_texts

from game import translation
from game.translation import ENGLISH, LANGUAGES, N_, _, first_supported, ngettext, texts_of

FOREIGN = tuple(name for name in LANGUAGES if name != ENGLISH)


@pytest.fixture(autouse=True)
def english():
    yield
    translation.set_language(ENGLISH)


def fields(text):
    return {name for _text, name, _form, _way in string.Formatter().parse(text) if name is not None}


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
    translation.set_language("es")
    assert _("Settings") == "Ajustes"
    translation.set_language("ja")
    assert _("Settings") == "設定"
    translation.set_language(ENGLISH)
    assert _("Settings") == "Settings"


def test_a_text_that_no_catalogue_has_passes_as_it_is():
    translation.set_language("es")
    assert _("a setup's name") == "a setup's name"
    assert _("") == ""


def test_a_marked_text_is_not_translated_yet():
    translation.set_language("es")
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
