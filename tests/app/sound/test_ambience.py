"""The crowd, the trees and the announcer: where they are heard, each with its own volume."""

from itertools import pairwise

import numpy as np
import pytest
from sound_analysis import held, level

from game.app.driving.trackside_sounds import TracksideSounds
from game.app.scenes.settings_pages.sound_page import SAMPLES
from game.app.sound.ambience import SILENCE, AmbienceFeatures
from game.app.sound.announcer import announcement
from game.app.sound.audio_features import AudioFeatures, AxleFeatures
from game.app.sound.settings import SoundSettings
from game.app.sound.soundscape import Soundscape
from game.app.sound.synthesiser import CHUNK_FRAMES, RATE_HZ, Synthesiser
from game.app.tools.sound_render import render
from game.simulation.snapshot import Snapshot
from game.track.track import load_track
from game.weather.weather import Weather

pytestmark = pytest.mark.slow

STILL = Snapshot(*[0] * len(Snapshot._fields))
ALL_OFF = {"crowd": 0.0, "trees": 0.0, "announcer": 0.0, "rain": 0.0}


def heard(spec, settings=None, seconds=1.5, **strengths):
    moment = Soundscape(AudioFeatures(), (), AmbienceFeatures(**strengths))
    return render(spec, settings or SoundSettings(), [moment] * round(60 * seconds), 60.0)[4096:]


@pytest.fixture(scope="module")
def valencia():
    return load_track("ricardo_tormo")


@pytest.fixture
def sounds(valencia):
    return TracksideSounds(valencia)


def standing(track, s_m, offset_m=0.0, **more):
    pose = track.centreline.pose(s_m)
    x_m, y_m = track.centreline.point(s_m, offset_m)
    return STILL._replace(x_m=x_m, y_m=y_m, heading_rad=pose.heading_rad, **more)


@pytest.mark.parametrize("group", ["crowd", "trees", "announcer", "rain"])
def test_each_sound_beside_the_track_has_its_own_volume(spec, group):
    alone = SoundSettings(**{**ALL_OFF, group: 1.0})
    without = SoundSettings(**{**dict.fromkeys(ALL_OFF, 1.0), group: 0.0})
    assert level(heard(spec, alone, **{group: 1.0})) > 50.0
    assert level(heard(spec, without, **{group: 1.0})) == 0.0


def test_they_are_soft_beside_a_car_that_drives(spec):
    car = AudioFeatures(40.0, AxleFeatures(700.0, 0.5), AxleFeatures(700.0, 0.6))
    driving = level(render(spec, SoundSettings(), [car] * 60, 60.0)[8192:])
    for strengths in ({"crowd": 1.0}, {"trees": 1.0}, {"announcer": 1.0}):
        assert level(heard(spec, **strengths)) < 0.6 * driving


def test_a_cheering_crowd_is_louder_than_a_waiting_one(spec):
    waiting, cheering = (level(heard(spec, crowd=0.8, cheer=cheer)) for cheer in (0.0, 1.0))
    assert cheering > 2.0 * waiting


def test_a_crowd_on_the_right_is_heard_on_the_right(spec):
    samples = heard(spec, crowd=1.0, crowd_right=0.85)
    assert level(samples[:, 1]) > 1.5 * level(samples[:, 0])


def test_what_is_not_there_costs_no_sample(spec):
    plain, beside = Synthesiser(spec), Synthesiser(spec)
    car = AudioFeatures(20.0)
    for _ in range(3):
        assert np.array_equal(
            plain.chunk(Soundscape(car)), beside.chunk(Soundscape(car, (), SILENCE))
        )


def test_the_announcer_speaks_and_pauses():
    loop = announcement(RATE_HZ)
    seconds = [level(part) for part in np.array_split(loop, 14)]
    assert max(seconds) > 0.8
    assert min(seconds) < 0.2 * max(seconds)


def test_the_crowd_is_heard_at_the_stands_and_not_in_the_country(sounds, valencia):
    loudness = [
        sounds.heard_at(standing(valencia, s_m)).crowd
        for s_m in np.arange(0.0, valencia.length_m, 50.0)
    ]
    assert max(loudness) > 0.5
    assert min(loudness) < 0.05


def test_the_announcer_is_heard_at_the_line_only(sounds, valencia):
    at_the_line = sounds.heard_at(standing(valencia, 0.0)).announcer
    far_away = sounds.heard_at(standing(valencia, 0.5 * valencia.length_m)).announcer
    assert at_the_line > 0.8
    assert far_away == 0.0


def test_the_trees_are_heard_best_at_rest(sounds, valencia):
    rest, fast = (
        sounds.heard_at(standing(valencia, 900.0, velocity_forward_mps=speed)).trees
        for speed in (0.0, 50.0)
    )
    assert rest > 3.0 * fast > 0.0


def test_cheers_die_away(sounds, valencia):
    sounds.cheer(1.0)
    place = standing(valencia, 0.0)
    assert sounds.heard_at(place).cheer == 1.0
    for _ in range(60 * 20):
        sounds.update(1.0 / 60.0)
    assert sounds.heard_at(place).cheer == 0.0


@pytest.mark.parametrize("name", [name for name in SAMPLES if name != "master"])
def test_the_sample_of_a_volume_is_made_of_what_that_sets(spec, name):
    seconds = 3.0 if name == "announcer" else 0.5
    with_it, without = SoundSettings(), SoundSettings(**{name: 0.0})
    loud = level(held(spec, with_it, SAMPLES[name], seconds))
    assert loud > 8.0 * level(held(spec, without, SAMPLES[name], seconds))
    assert loud > 100.0


@pytest.mark.parametrize("sound", ["rain", "hiss", "wind"])
def test_more_weather_is_louder_and_none_is_silent(spec, sound):
    levels = [level(heard(spec, **{sound: strength})) for strength in (0.0, 0.3, 0.6, 1.0)]
    assert levels[0] == 0.0
    assert all(2.0 < soft < loud for soft, loud in pairwise(levels[1:]))


def test_rain_is_heard_beside_a_car_that_drives_and_does_not_drown_it(spec):
    car = AudioFeatures(40.0, AxleFeatures(700.0, 0.5), AxleFeatures(700.0, 0.6))
    driving = level(render(spec, SoundSettings(), [car] * 60, 60.0)[8192:])
    for strengths in ({"rain": 1.0}, {"hiss": 1.0}, {"wind": 1.0}):
        assert 0.03 * driving < level(heard(spec, **strengths)) < 0.7 * driving


def test_rain_joins_from_chunk_to_chunk_without_a_click(spec):
    shower = [0.0] * 20 + [1.0] * 40 + [0.0] * 20
    moments = [
        Soundscape(AudioFeatures(), (), AmbienceFeatures(rain=each, hiss=each)) for each in shower
    ]
    steps = np.abs(np.diff(render(spec, SoundSettings(), moments, 60.0)[:, 0].astype(float)))
    inner = [steps[n * CHUNK_FRAMES - 1] for n in range(1, len(steps) // CHUNK_FRAMES)]
    assert max(inner) <= np.quantile(steps, 0.9999)


def test_wind_is_heard_on_the_side_it_comes_from(valencia):
    east = TracksideSounds(valencia, Weather(wind_mps=8.0, wind_from_deg=90.0))
    facing_north, facing_south, facing_east = (
        east.heard_at(STILL._replace(heading_rad=heading_rad)).wind_right
        for heading_rad in (0.5 * np.pi, -0.5 * np.pi, 0.0)
    )
    assert facing_north > 0.7
    assert facing_south < 0.3
    assert facing_east == pytest.approx(0.5)


def test_wheels_hiss_on_a_wet_road_the_faster_the_louder(valencia):
    wet, dry = (
        TracksideSounds(valencia, weather)
        for weather in (Weather(rain_mmph=8.0, water_m=7e-4), Weather())
    )
    slow, fast = (STILL._replace(velocity_forward_mps=mps) for mps in (10.0, 50.0))
    assert wet.heard_at(fast).hiss > wet.heard_at(slow).hiss > 0.0 < wet.heard_at(slow).rain
    assert dry.heard_at(fast).hiss == dry.heard_at(fast).rain == dry.heard_at(fast).wind == 0.0
