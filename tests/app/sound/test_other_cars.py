"""Other cars near the followed one: how loud, on which side, how high, and at what cost."""

import itertools
import math

import numpy as np
import pytest
from sound_analysis import level, only, strongest_hz

from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.app.driving.heard_cars import others_heard, soundscape_in
from game.app.driving.trackside_sounds import TracksideSounds
from game.app.sound.audio_features import AudioFeatures, AxleFeatures
from game.app.sound.placement import SoundPlacement, placement_of
from game.app.sound.settings import SoundSettings
from game.app.sound.soundscape import HeardCar, Soundscape
from game.app.sound.synthesiser import CHUNK_FRAMES, Synthesiser
from game.app.tools.sound_render import render
from game.drivers.human_driver import HumanDriver, InputState
from game.simulation.snapshot import Snapshot
from game.vehicle.setup import Setup

STILL = Snapshot(*[0] * len(Snapshot._fields))
TEETH = 16


def at(x_m, y_m, **more):
    return STILL._replace(x_m=x_m, y_m=y_m, **more)


def whining(motor_radps=500.0):
    return AudioFeatures(26.0, rear=AxleFeatures(motor_radps, 0.5))


def near(spec, features, placement, number=1):
    return HeardCar(number, spec, features, placement)


def heard_beside(spec, placement, seconds=0.5):
    """Samples of a silent followed car with one other car at a place."""
    moment = Soundscape(AudioFeatures(), (near(spec, whining(), placement),))
    return render(spec, only("motors"), [moment] * round(60 * seconds), 60.0)[8192:]


def test_a_car_is_quieter_the_farther_it_is_and_silent_beyond_hearing():
    gains = [placement_of(STILL, at(away_m, 0.0)).gain for away_m in (5.0, 15.0, 50.0, 100.0)]
    assert all(near > 1.5 * far > 0.0 for near, far in itertools.pairwise(gains))
    assert gains[0] < 1.0
    assert placement_of(STILL, at(300.0, 0.0)).gain == 0.0


def test_a_car_on_the_right_is_heard_on_the_right(spec):
    right = placement_of(at(0.0, 0.0, heading_rad=0.5 * math.pi), at(20.0, 0.0))
    assert right.right > 0.9
    samples = heard_beside(spec, right)
    assert level(samples[:, 1]) > 3.0 * level(samples[:, 0])


def test_a_car_that_comes_nearer_sounds_higher_and_one_that_leaves_lower(spec):
    rear_hz = TEETH * 500.0 / math.tau
    for forward_mps, rises in ((-50.0, 1.0), (50.0, -1.0)):
        placement = placement_of(STILL, at(40.0, 0.0, velocity_forward_mps=forward_mps))
        samples = heard_beside(spec, placement).mean(axis=1)
        found_hz = strongest_hz(samples, 0.7 * rear_hz, 1.4 * rear_hz)
        assert rises * (found_hz - rear_hz) > 0.08 * rear_hz


def test_a_car_far_away_changes_no_sample(spec):
    alone, beside = Synthesiser(spec), Synthesiser(spec)
    far = near(spec, whining(), SoundPlacement(gain=0.0))
    for _ in range(4):
        assert np.array_equal(
            alone.chunk(Soundscape(whining())), beside.chunk(Soundscape(whining(), (far,)))
        )


def test_a_car_that_is_not_heard_any_more_ends_without_a_click_and_is_then_silent(spec):
    synthesiser = Synthesiser(spec, only("motors"))
    beside = Soundscape(AudioFeatures(), (near(spec, whining(), SoundPlacement(0.6)),))
    before = [synthesiser.chunk(beside) for _ in range(3)][-1].astype(int)
    ending = synthesiser.chunk(Soundscape(AudioFeatures())).astype(int)
    assert np.abs(ending[0] - before[-1]).max() < 0.3 * np.abs(before).max()
    assert np.abs(ending[-8:]).max() < 0.02 * np.abs(before).max()
    assert not synthesiser.chunk(Soundscape(AudioFeatures())).any()


def test_a_contact_thuds_from_the_car_that_has_it(spec):
    hit = AudioFeatures(hit=0.9)
    on_the_left = Soundscape(AudioFeatures(), (near(spec, hit, SoundPlacement(0.5, right=0.0)),))
    samples = render(spec, only("surroundings"), [on_the_left] * 20, 60.0)
    assert level(samples[:, 0]) > 100.0
    assert level(samples[:, 1]) == 0.0


def test_the_loudest_pack_stays_below_full_scale(spec):
    loudest = AudioFeatures(
        50.0, AxleFeatures(900.0, 1.0, 1.0), AxleFeatures(900.0, 1.0, 1.0), kerb=0.5, hit=1.0
    )
    others = tuple(near(spec, loudest, SoundPlacement(0.7), number) for number in range(1, 5))
    samples = render(
        spec,
        SoundSettings(master=1.0, motors=1.0, tyres=1.0),
        [Soundscape(loudest, others)] * 20,
        60.0,
    )
    assert np.abs(samples.astype(int)).max() < 32_000


def test_contacts_between_two_chunks_are_kept_for_the_car_that_had_them(spec):
    cars = [near(spec, AudioFeatures(hit=hit), SoundPlacement(), 1) for hit in (0.8, 0.0)]
    earlier, now = (Soundscape(AudioFeatures(), (car,)) for car in cars)
    kept = now.with_hits_of(earlier)
    assert kept.others[0].features.hit == 0.8
    assert kept.followed.hit == 0.0


@pytest.fixture
def drive(oval, spec):
    """A pack on the grid; everybody but the followed car at full throttle."""
    inputs = [InputState(), *[InputState(up=True) for _ in range(6)]]
    setup = Setup()

    def entry(state):
        return CarEntry(spec, setup, lambda: HumanDriver(state, spec, setup))

    return Drive(oval, [entry(state) for state in inputs])


def test_the_nearest_cars_of_a_drive_are_heard_each_as_it_drives(drive):
    drive.step(240)
    others = others_heard(drive)
    assert 1 < len(others) < len(drive.cars) - 1  # in a crowd the loudest ones
    gains = [other.placement.gain for other in others]
    assert gains == sorted(gains, reverse=True)
    heard = soundscape_in(drive, TracksideSounds(drive.track))
    assert heard.followed.rear.torque == 0.0
    for other in heard.others:
        assert other.features.rear.torque > 0.1
        assert other.number != drive.followed.number


def test_whoever_is_followed_is_not_among_the_others(drive):
    drive.followed = drive.cars[2]
    assert drive.followed.number not in {other.number for other in others_heard(drive)}


def test_a_chunk_is_as_long_with_others_as_alone(spec):
    others = (near(spec, whining(), SoundPlacement(0.5)),)
    assert len(Synthesiser(spec).chunk(Soundscape(whining(), others))) == CHUNK_FRAMES
