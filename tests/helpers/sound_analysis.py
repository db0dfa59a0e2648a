"""Analyse sound for the tests: spectra and levels of samples."""

import numpy as np

from game.app.sound.settings import SoundSettings
from game.app.sound.synthesiser import RATE_HZ
from game.app.tools.sound_render import render

SILENCE = {"motors": 0.0, "tyres": 0.0, "surroundings": 0.0}


def only(group):
    """Return settings in which one group alone is audible, as loud as can be."""
    return SoundSettings(**{**SILENCE, group: 1.0, "master": 1.0})


def held(spec, settings, features, seconds=0.6):
    """Return samples of a car that goes on like this, without the first moment, mono."""
    samples = render(spec, settings, [features] * round(60 * seconds), 60.0)
    return samples[8192:].mean(axis=1)


def level(samples):
    """Return the root mean square."""
    return float(np.sqrt(np.mean(np.square(samples.astype(float)))))


def strength_at(samples, hz):
    """Return the strength of a tone in samples, with a window that keeps it apart from others."""
    window = np.hanning(len(samples))
    turns = np.exp(-2j * np.pi * hz * np.arange(len(samples)) / RATE_HZ)
    return float(np.abs(np.sum(window * samples * turns)) / np.sum(window))


def strongest_hz(samples, low_hz, high_hz):
    """Return the frequency of the strongest tone between two frequencies."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), 8 * len(samples)))
    hz = np.fft.rfftfreq(8 * len(samples), 1.0 / RATE_HZ)
    spectrum[(hz < low_hz) | (hz > high_hz)] = 0.0
    return float(hz[np.argmax(spectrum)])
