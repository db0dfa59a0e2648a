"""What is published of a car is data, each figure with source, kind and uncertainty."""

import math

import pytest

from game.errors import InputError
from game.files import assets_folder
from game.validation.measurements import MEASUREMENTS
from game.validation.published import published_figures, read_figures
from game.vehicle.spec import load_car

FIGURE = {
    "name": '"pace"',
    "group": '"Laps"',
    "title": '"A lap"',
    "unit": '"s"',
    "kind": '"measured"',
    "source": '"a stopwatch"',
    "uncertainty_from": '"a thumb"',
    "value": "100.0",
    "uncertainty": "0.2",
    "measurement": '"lap_time_s"',
}


@pytest.fixture
def figures_of(tmp_path):
    """Reads figures of these keys; a key that is None is left out."""

    def read(*changes):
        tables = []
        for change in changes:
            keys = {name: text for name, text in (FIGURE | change).items() if text is not None}
            lines = [f"{name} = {text}" for name, text in keys.items()]
            tables.append("\n".join(["[[figures]]", *lines]))
        path = tmp_path / "car.toml"
        path.write_text("\n".join(tables), encoding="utf-8")
        return read_figures(path)

    return read


def test_every_shipped_figure_says_where_it_is_from_and_how_sure_it_is():
    figures = published_figures(load_car())
    assert len(figures) > 100
    for figure in figures:
        assert len(figure.source) > 10 or "TORCS" in figure.source, figure.name
        assert figure.uncertainty_from, figure.name
        assert figure.low <= figure.high, figure.name


def test_no_result_stands_among_the_shipped_figures():
    text = (assets_folder() / "validation" / "leaf_nismo_rc.toml").read_text(encoding="utf-8")
    for word in ("within =", "outside =", "simulated =", "verdict"):
        assert word not in text


def test_every_measurement_is_used_by_a_figure():
    used = {figure.measurement for figure in published_figures(load_car())}
    assert set(MEASUREMENTS) - used == set()


def test_a_car_without_a_file_has_no_figures(spec):
    assert published_figures(spec.__class__(**_fields(spec) | {"id": "nobody"})) == []


def _fields(spec):
    return {name: getattr(spec, name) for name in spec.__struct_fields__}


def test_a_range_may_be_open_at_one_end(figures_of):
    (figure,) = figures_of({"value": None, "uncertainty": None, "minimum": "3.0"})
    assert (figure.low, figure.high) == (3.0, math.inf)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"value": None}, "give value and uncertainty, or minimum and maximum"),
        ({"uncertainty": None}, "give value and uncertainty"),
        ({"minimum": "1.0"}, "give value and uncertainty"),
        ({"measurement": None}, "give a measurement, or say why it is not comparable"),
        ({"measurement": '"mood"'}, "there is no measurement 'mood'"),
        ({"arguments": "{ speed = 1.0 }"}, "lap_time_s: has no argument 'speed': track"),
        ({"arguments": "{ track = 1.0 }"}, "the argument 'track' has to be a text"),
        ({"measurement": '"launch_time_s"'}, "needs the argument 'to_kmh'"),
        ({"kind": '"rumour"'}, "invalid enum value 'rumour'"),
        ({"source": None}, "missing required field `source`"),
        ({"source": '""'}, "expected `str` of length >= 1"),
        ({"speed": "1.0"}, "unknown field `speed`"),
    ],
)
def test_a_figure_that_says_too_little_or_too_much_is_named(figures_of, change, message):
    with pytest.raises(InputError) as error:
        figures_of(change)
    assert message in str(error.value)
    assert "car.toml" in str(error.value)
    assert "\n" not in str(error.value)


def test_two_figures_of_one_name_are_refused(figures_of):
    with pytest.raises(InputError, match="'pace' is there twice"):
        figures_of({}, {})
