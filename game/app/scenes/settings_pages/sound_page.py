"""Set the volumes: each is heard for a moment when it is changed."""

from __future__ import annotations

from typing import Final

from game.app.context.app_context import AppContext
from game.app.menus.tab import Tab, defaults_row, percent, slider, toggle
from game.app.sound.ambience import AmbienceFeatures
from game.app.sound.audio_features import AudioFeatures, AxleFeatures
from game.app.sound.settings import SoundSettings
from game.app.sound.soundscape import Soundscape
from game.app.ui.rows import Heading, Remark
from game.translation import N_

_SAMPLE_S: Final = 1.4
_ANNOUNCER_S: Final = 4.5  # a chime comes before the voice
_PULLING: Final = AxleFeatures(motor_radps=620.0, torque=0.8)
_SLIDING: Final = AxleFeatures(slip=0.8)
# The sounds of each volume, without those of the others as far as can be. The menus' own tick is
# heard at every change.
SAMPLES: Final = {
    "master": Soundscape(
        AudioFeatures(30.0, _PULLING, _PULLING), ambience=AmbienceFeatures(crowd=0.8, trees=0.5)
    ),
    "motors": Soundscape(AudioFeatures(4.0, _PULLING, _PULLING)),
    "tyres": Soundscape(AudioFeatures(14.0, _SLIDING, _SLIDING)),
    "surroundings": Soundscape(AudioFeatures(55.0, kerb=0.8)),
    "crowd": Soundscape(AudioFeatures(), ambience=AmbienceFeatures(crowd=1.0, cheer=0.7)),
    "trees": Soundscape(AudioFeatures(), ambience=AmbienceFeatures(trees=1.0)),
    "rain": Soundscape(AudioFeatures(), ambience=AmbienceFeatures(rain=0.6, hiss=0.6)),
    "announcer": Soundscape(AudioFeatures(), ambience=AmbienceFeatures(announcer=1.0)),
}


class SoundPage(Tab):
    """Sets how loud each group of sounds is."""

    def __init__(self, context: AppContext) -> None:
        groups = (
            (N_("Master"), "master", N_("All of the volumes below.")),
            (N_("Motors"), "motors", N_("The front and the rear motor.")),
            (N_("Tyres"), "tyres", N_("You hear them before they lose grip.")),
            (N_("Surroundings"), "surroundings", N_("Wind, kerbs, gravel, walls.")),
            (N_("Crowd"), "crowd", N_("On the grandstands; it cheers a new best lap.")),
            (N_("Wind in the trees"), "trees", N_("Heard best when you stand still.")),
            (N_("Rain"), "rain", N_("On the car, and the hiss of wheels on a wet road.")),
            (N_("Announcer"), "announcer", N_("Loudspeakers at the start line.")),
            (N_("Signals"), "interface", N_("Menu ticks, start lights, lap chimes.")),
        )
        volumes = (
            slider(context, label, ("sound", name), 0.05, percent, note)
            for label, name, note in groups
        )
        rows = (
            toggle(context, N_("Mute"), ("sound", "muted"), N_("Silent until you switch it off.")),
            Heading(N_("Volume")),
            *volumes,
            Remark(N_("M mutes at any time, unless another key is bound to it.")),
            defaults_row(context, "sound"),
        )
        super().__init__(N_("Sound"), rows)
        self._context = context
        self._heard = context.settings.sound

    def update(self, frame_s: float) -> None:  # noqa: ARG002
        """Let a volume be heard that was changed since the last frame."""
        before, self._heard = self._heard, self._context.settings.sound
        changed = _changed(before, self._heard)
        if changed is not None:
            lasting_s = _ANNOUNCER_S if changed == "announcer" else _SAMPLE_S
            self._context.sound.sample(SAMPLES[changed], lasting_s)


def _changed(before: SoundSettings, after: SoundSettings) -> str | None:
    """Return the volume whose sample lets a change be heard; for several, the whole."""
    if after.muted or before == after:
        return None
    names = [name for name in SAMPLES if getattr(before, name) != getattr(after, name)]
    if len(names) == 1:
        return names[0]
    return "master" if names or before.muted else None
