"""The sound of a car, by spectra and levels of the samples themselves."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oval import make_oval
from sound_analysis import held, level, only, strength_at, strongest_hz

from game.app.sound.audio_features import AudioFeatures, AxleFeatures
from game.app.sound.settings import SoundSettings
from game.app.sound.soundscape import Soundscape
from game.app.sound.synthesiser import CHUNK_FRAMES, RATE_HZ, Synthesiser
from game.app.tools.sound_render import render, render_lap, write_wav
from game.headless.stint import Conditions, drive_laps
from game.vehicle.setup import Setup

pytestmark = pytest.mark.slow

FRONT_TEETH, REAR_TEETH = 20, 16

shares = st.floats(0.0, 1.0)
axles = st.builds(
    AxleFeatures,
    st.floats(-150.0, 1200.0),
    st.floats(-1.0, 1.0),
    shares,
    shares,
    st.just(0.0) | shares,
)
cars = st.builds(
    AudioFeatures,
    st.floats(0.0, 62.0),
    axles,
    axles,
    shares,
    shares,
    shares,
    shares,
    st.just(0.0) | shares,
    st.just(0.0) | shares,
)


def driving(motor_radps, torque, axle="both"):
    this = AxleFeatures(motor_radps, torque)
    return AudioFeatures(
        speed_mps=motor_radps / 18.93,
        front=this if axle in ("front", "both") else AxleFeatures(),
        rear=this if axle in ("rear", "both") else AxleFeatures(),
    )


@pytest.mark.parametrize(("axle", "teeth"), [("front", FRONT_TEETH), ("rear", REAR_TEETH)])
@pytest.mark.parametrize("motor_radps", [250.0, 500.0, 800.0])
def test_the_whine_of_an_axle_follows_its_motor(spec, axle, teeth, motor_radps):
    samples = held(spec, only("motors"), driving(motor_radps, 0.5, axle))
    mesh_hz = teeth * motor_radps / math.tau
    assert strongest_hz(samples, 0.9 * mesh_hz, 1.1 * mesh_hz) == pytest.approx(mesh_hz, rel=0.003)
    assert strength_at(samples, mesh_hz) > 5.0 * strength_at(samples, 1.027 * mesh_hz)


def test_a_spinning_axle_is_heard_apart_from_the_other(spec):
    car = AudioFeatures(20.0, AxleFeatures(380.0, 0.6), AxleFeatures(520.0, 0.6))
    samples = held(spec, only("motors"), car)
    for teeth, motor_radps in ((FRONT_TEETH, 380.0), (REAR_TEETH, 520.0)):
        mesh_hz = teeth * motor_radps / math.tau
        found_hz = strongest_hz(samples, 0.98 * mesh_hz, 1.02 * mesh_hz)
        assert found_hz == pytest.approx(mesh_hz, rel=0.003)


def test_more_torque_is_louder(spec):
    levels = [
        level(held(spec, only("motors"), driving(500.0, torque))) for torque in (0.0, 0.3, 0.6, 1.0)
    ]
    assert levels == sorted(levels)
    assert levels[-1] > 2.0 * levels[0] > 0.0


@pytest.mark.parametrize(("axle", "howl"), [("front", 15), ("rear", 12)])
def test_regeneration_has_a_voice_of_its_own(spec, axle, howl):
    drive = held(spec, only("motors"), driving(500.0, 0.5, axle))
    regen = held(spec, only("motors"), driving(500.0, -0.5, axle))
    howl_hz = howl * 500.0 / math.tau
    assert strength_at(regen, howl_hz) > 10.0 * strength_at(drive, howl_hz)
    mesh_hz = (FRONT_TEETH if axle == "front" else REAR_TEETH) * 500.0 / math.tau
    assert strength_at(drive, mesh_hz) > 1.5 * strength_at(regen, mesh_hz)


def test_driving_backwards_is_driving_and_not_regenerating(spec):
    forwards = held(spec, only("motors"), driving(120.0, 0.5))
    car = AudioFeatures(6.0, AxleFeatures(-120.0, -0.5), AxleFeatures(-120.0, -0.5))
    assert level(held(spec, only("motors"), car)) == pytest.approx(level(forwards), rel=0.02)
    howl_hz = 12 * 120.0 / math.tau
    backwards = held(spec, only("motors"), car)
    assert strength_at(backwards, howl_hz) < 0.05 * strength_at(backwards, 16 * 120.0 / math.tau)


def test_a_car_at_rest_without_torque_is_silent(spec):
    assert level(held(spec, SoundSettings(), AudioFeatures())) == 0.0


@pytest.mark.parametrize("axle", ["front", "rear"])
def test_tyres_grow_with_slip_from_silence(spec, axle):
    levels = [
        level(held(spec, only("tyres"), AudioFeatures(30.0, **{axle: AxleFeatures(slip=slip)})))
        for slip in (0.0, 0.25, 0.5, 1.0)
    ]
    assert levels[0] == 0.0 < levels[1]
    assert all(more > 1.5 * less for less, more in itertools.pairwise(levels))


def test_front_tyres_squeal_higher_than_rear_ones(spec):
    front, rear = (
        held(spec, only("tyres"), AudioFeatures(30.0, **{axle: AxleFeatures(slip=1.0)}), 2.0)
        for axle in ("front", "rear")
    )
    assert strongest_hz(front, 300.0, 3000.0) > 1.1 * strongest_hz(rear, 300.0, 3000.0)


def test_loose_ground_scrubs_where_tarmac_squeals(spec):
    cars = [AudioFeatures(20.0, rear=AxleFeatures(slip=1.0, loose=share)) for share in (0.0, 1.0)]
    firm, loose = (np.abs(np.fft.rfft(held(spec, only("tyres"), car))) for car in cars)
    # A squeal is tones: few frequencies hold what in a hiss is spread over many.
    peaky = [np.max(spectrum) / np.mean(spectrum) for spectrum in (firm, loose)]
    assert peaky[0] > 2.0 * peaky[1]


def test_wind_grows_faster_than_speed(spec):
    slow, fast = (
        level(held(spec, only("surroundings"), AudioFeatures(speed), 1.5)) for speed in (15.0, 60.0)
    )
    assert fast > 3.0 * slow > 0.0


@pytest.mark.parametrize("speed_mps", [20.0, 40.0])
def test_kerb_blocks_beat_with_speed(spec, speed_mps):
    car = AudioFeatures(speed_mps, kerb=0.7)
    samples = held(spec, only("surroundings"), car, 2.0)
    beats = [strength_at(samples, n * speed_mps / 1.5) for n in (3, 4, 5)]
    between = [strength_at(samples, (n + 0.5) * speed_mps / 1.5) for n in (3, 4, 5)]
    assert sum(beats) > 2.0 * sum(between)


@pytest.mark.parametrize("ground", ["grass", "gravel", "kerb"])
def test_rough_ground_is_louder_than_smooth(spec, ground):
    smooth = level(held(spec, only("surroundings"), AudioFeatures(25.0)))
    rough = level(held(spec, only("surroundings"), AudioFeatures(25.0, **{ground: 0.6})))
    assert rough > 1.5 * smooth


def test_a_hit_thuds_once_and_a_contact_scrapes_as_long_as_it_lasts(spec):
    smooth, touching = AudioFeatures(15.0), AudioFeatures(15.0, hit=0.8)
    samples = render(
        spec, only("surroundings"), [smooth] * 30 + [touching] * 60 + [smooth] * 60, 60.0
    )
    parts = [level(part) for part in np.array_split(samples, 15)]
    before, thud, scrape, after = parts[1], max(parts[3:5]), parts[8], parts[-1]
    assert thud > scrape > 2.0 * before
    assert after < 1.5 * before


CRUISING = AudioFeatures(40.0, AxleFeatures(700.0, 0.5), AxleFeatures(700.0, 0.6))


def blow(spec, hit):
    """The 0.4 s from a contact that stops a cruising car, as the settings come."""
    stopped = AudioFeatures(3.0)
    moments = [CRUISING] * 30 + [AudioFeatures(8.0, hit=hit)] * 2 + [stopped] * 40
    begin = RATE_HZ // 2 - CHUNK_FRAMES
    return render(spec, SoundSettings(), moments, 60.0)[begin : begin + round(0.4 * RATE_HZ)]


@pytest.mark.parametrize(("hit", "ratio"), [(0.6, 1.4), (1.0, 1.9)])
def test_a_crash_is_heavier_than_cruising(spec, hit, ratio):
    cruising = render(spec, SoundSettings(), [CRUISING] * 60, 60.0)[8192:]
    assert level(blow(spec, hit)) > ratio * level(cruising)


def test_a_harder_crash_is_louder(spec):
    levels = [level(blow(spec, hit)) for hit in (0.1, 0.4, 0.7, 1.0)]
    assert levels == sorted(levels)
    assert levels[-1] > 4.0 * levels[0]


def test_the_two_sides_of_a_kerb_are_the_two_sides_of_the_sound(spec):
    right = render(
        spec, only("surroundings"), [AudioFeatures(15.0, kerb=0.7, kerb_right=1.0)] * 60, 60.0
    )
    assert level(right[:, 1]) > 2.0 * level(right[:, 0])


@pytest.mark.parametrize("quiet", [{"muted": True}, {"master": 0.0}])
def test_muted_is_silent_within_a_chunk_of_the_loudest_car(spec, quiet):
    loudest = AudioFeatures(
        50.0, AxleFeatures(900.0, 1.0, 1.0), AxleFeatures(900.0, 1.0, 1.0), kerb=0.5, hit=1.0
    )
    synthesiser = Synthesiser(spec)
    synthesiser.play("confirm")
    assert level(synthesiser.chunk(Soundscape(loudest))) > 0.0
    synthesiser.settings = SoundSettings(**quiet)
    synthesiser.chunk(Soundscape(loudest))
    assert not synthesiser.chunk(Soundscape(loudest)).any()


@pytest.mark.parametrize("group", ["motors", "tyres", "surroundings"])
def test_each_group_has_its_own_volume(spec, group):
    car = AudioFeatures(
        40.0, AxleFeatures(700.0, 0.6, 0.8), AxleFeatures(700.0, 0.6, 0.8), kerb=0.5
    )
    assert level(held(spec, only(group), car)) > 50.0
    without = SoundSettings(motors=0.0, tyres=0.0, surroundings=0.0)
    assert level(held(spec, without, car)) == 0.0


def test_a_pause_is_silent_within_half_a_chunk_and_ends_without_a_jump(spec):
    car = AudioFeatures(40.0, AxleFeatures(700.0, 0.6, 0.5), AxleFeatures(700.0, 0.6, 0.5))
    synthesiser = Synthesiser(spec)
    for _ in range(4):
        before = synthesiser.chunk(Soundscape(car))
    fading = synthesiser.chunk(None)
    assert not fading[CHUNK_FRAMES // 2 :].any()
    assert synthesiser.silent
    assert not synthesiser.chunk(None).any()
    after = synthesiser.chunk(Soundscape(car))
    assert np.abs(after[0].astype(int)).max() < 0.02 * np.abs(before).max()


def test_a_tick_is_heard_in_a_pause_and_ends(spec):
    synthesiser = Synthesiser(spec)
    synthesiser.play("tick")
    assert not synthesiser.silent
    assert synthesiser.chunk(None).any()
    for _ in range(20):
        synthesiser.chunk(None)
    assert synthesiser.silent


@pytest.fixture(scope="module")
def long_lived(spec):
    """One synthesiser for many cars: what it played before must not matter either."""
    return Synthesiser(spec, SoundSettings(master=1.0, motors=1.0, tyres=1.0, surroundings=1.0))


@given(st.lists(cars | st.none(), min_size=2, max_size=5))
def test_the_loudest_mix_stays_below_full_scale(long_lived, moments):
    assert (
        max(
            np.abs(long_lived.chunk(features and Soundscape(features)).astype(int)).max()
            for features in moments
        )
        < 32_000
    )


@given(st.sampled_from(["motors", "tyres", "surroundings"]), st.lists(cars | st.none(), min_size=3))
def test_chunks_join_without_a_click(long_lived, group, moments):
    long_lived.settings = only(group)
    played = np.concatenate(
        [long_lived.chunk(features and Soundscape(features)) for features in moments]
    ).astype(int)
    long_lived.settings = SoundSettings(master=1.0, motors=1.0, tyres=1.0, surroundings=1.0)
    # A click is a bend sharper than any in the chunks on either side.
    bends = np.abs(np.diff(played, 2, axis=0)).max(axis=1)
    for join in range(2 * CHUNK_FRAMES, len(played), CHUNK_FRAMES):
        before = bends[join - CHUNK_FRAMES : join - 2].max()
        after = bends[join : join + CHUNK_FRAMES - 2].max()
        assert bends[join - 2 : join].max() <= 1.3 * max(before, after) + 100


def test_a_render_is_kept_as_a_file_that_others_can_read(spec, tmp_path):
    samples = render(spec, SoundSettings(), [driving(400.0, 0.5)] * 30, 60.0)
    write_wav(tmp_path / "voice.wav", samples)
    content = (tmp_path / "voice.wav").read_bytes()
    assert content[:4] == b"RIFF"
    assert int.from_bytes(content[24:28], "little") == RATE_HZ
    assert np.array_equal(np.frombuffer(content[44:], "<i2").reshape(-1, 2), samples)


def test_a_lap_is_heard_for_as_long_as_it_takes(spec):
    oval, setup = make_oval(), Setup()
    lap_s = drive_laps(Conditions(oval, spec), setup).laps[0].time_s
    samples = render_lap(oval, spec, setup)
    assert len(samples) / RATE_HZ == pytest.approx(lap_s, abs=0.1)
    assert np.abs(samples).max() > 3000
