"""A clip has the pictures of a part of a replay at their times, and its sound."""

import sys
from types import SimpleNamespace

import pygame
import pytest
from bots_drive import bots_drive
from msgspec.structs import replace

from game.app.context.settings import Settings
from game.app.replays.clip_ahead import ClipTask
from game.app.replays.clip_format import ClipFormat, FilmedPart
from game.app.sound.synthesiser import RATE_HZ
from game.app.tools.clip import FilmedScene, film, picture_count
from game.app.tools.clip_file import check_clip, open_clip
from game.app.tools.clip_maker import clip_maker
from game.errors import InputError
from game.recording.replay_recorder import replay_of

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("plain_ground")]

SIZE = (320, 180)
SECOND = FilmedPart(60, 300)


@pytest.fixture(scope="module")
def replay(oval, spec, slow_plan):
    """The bot's first seconds on the oval."""
    drive = bots_drive(oval, spec, slow_plan)
    drive.step(360)
    return replay_of(drive.recording())


@pytest.fixture
def filmed(replay, oval, spec):
    """Films a part of the replay, one second unless another is asked for."""

    def filmed(clip, part=SECOND, replay=replay):
        return film(replay, (oval, spec), part, clip, Settings())

    return filmed


def written(out, clip, pictures):
    with open_clip(out, clip) as file:
        for each in pictures:
            file.show(each.picture)
            file.sound(each.samples)
    return out


def test_a_folder_has_the_pictures_of_a_second_and_each_shows_another_moment(filmed, tmp_path):
    clip = ClipFormat(SIZE, 5)
    folder = written(tmp_path / "clip", clip, filmed(clip))
    assert sorted(path.name for path in folder.iterdir()) == [f"{n:05}.png" for n in range(1, 6)]
    pictures = [pygame.image.load(path) for path in sorted(folder.iterdir())]
    assert {picture.get_size() for picture in pictures} == {SIZE}
    assert len({pygame.image.tobytes(picture, "RGB") for picture in pictures}) == 5


@pytest.mark.parametrize("fps", [24, 50, 60])
def test_pictures_are_of_equal_steps_in_time_and_the_sound_is_as_long_as_they_are(
    filmed, replay, monkeypatch, fps
):
    ticks = []

    def note(scene, _):
        ticks.append(scene.drive.tick + scene._clock.fraction)

    monkeypatch.setattr(FilmedScene, "draw", note)
    heard = sum(len(each.samples) for each in filmed(ClipFormat(SIZE, fps)))
    assert len(ticks) == picture_count(replay, SECOND, fps) == fps
    wanted = [SECOND.begin + 240.0 / fps * number for number in range(fps)]
    assert ticks == pytest.approx(wanted, abs=0.5)
    assert heard == RATE_HZ


def test_the_same_film_twice_is_the_same_film(filmed):
    clip, part = ClipFormat(SIZE, 10), FilmedPart(60, 108)
    one, other = (
        [
            (pygame.image.tobytes(each.picture, "RGB"), each.samples.tobytes())
            for each in filmed(clip, part)
        ]
        for _ in range(2)
    )
    assert one == other


def test_a_replay_that_goes_another_way_here_is_not_filmed(filmed, replay, tmp_path):
    other, clip = replace(replay, state_hash="0" * 32), ClipFormat(SIZE, 10)
    to_its_end = FilmedPart(replay.ticks - 48, replay.ticks + 24)
    with pytest.raises(InputError, match="another drive here than was recorded"):
        written(tmp_path / "clip", clip, filmed(clip, to_its_end, other))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["clip", "clip.mp4", "clip.gif"])
def test_what_is_interrupted_leaves_nothing(name, tmp_path):
    if name != "clip":
        pytest.importorskip("av")
    picture = pygame.Surface(SIZE)

    def interrupted():
        with open_clip(tmp_path / name, ClipFormat(SIZE, 10)) as file:
            file.show(picture)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_there_is_not_touched(tmp_path):
    (tmp_path / "clip").mkdir()
    with pytest.raises(InputError, match="is there already"):
        check_clip(tmp_path / "clip", ClipFormat(SIZE, 10))


@pytest.mark.parametrize("name", ["clip.mp4", "clip.gif"])
def test_without_the_extra_a_film_names_the_remedy(monkeypatch, tmp_path, name):
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(InputError, match=r"pip install 'leaf-rc\[clip\]'"):
        check_clip(tmp_path / name, ClipFormat(SIZE, 10))


def test_an_mp4_is_as_long_as_its_part_and_is_heard(filmed, tmp_path):
    av = pytest.importorskip("av")
    clip = ClipFormat(SIZE, 24)
    with av.open(str(written(tmp_path / "clip.mp4", clip, filmed(clip)))) as container:
        (video,), (audio,) = container.streams.video, container.streams.audio
        assert (video.width, video.height) == SIZE
        for stream in (video, audio):
            assert float(stream.duration * stream.time_base) == pytest.approx(1.0, abs=1 / 24)
        frames = list(container.decode(video))
        container.seek(0)
        loud = max(abs(frame.to_ndarray()).max() for frame in container.decode(audio))
    assert [frame.time for frame in frames] == pytest.approx([n / 24 for n in range(24)])
    assert loud > 0.01


def test_a_gif_shows_the_colours_of_the_film(filmed, tmp_path):
    av = pytest.importorskip("av")
    clip = ClipFormat(SIZE, 10)
    with av.open(str(written(tmp_path / "clip.gif", clip, filmed(clip)))) as container:
        assert container.duration / 1e6 == pytest.approx(1.0, abs=0.1)
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert len(frames) == 10
    seen = [pygame.surfarray.array3d(each.picture).swapaxes(0, 1) for each in filmed(clip)]
    assert abs(frames[-1].astype(int) - seen[-1]).mean() < 5.0


def test_a_worker_makes_a_clip_in_a_new_folder_and_says_how_far_it_is(
    replay, oval, spec, tmp_path, monkeypatch
):
    pytest.importorskip("av")
    monkeypatch.setattr("game.app.tools.clip_maker.CLIP", ClipFormat(SIZE, 5))
    link = SimpleNamespace(shares=[])
    link.report = link.shares.append
    out = tmp_path / "clips" / "a.mp4"
    clip_maker(link)(ClipTask(replay, (oval, spec), SECOND, Settings(), (), out))
    assert link.shares == [0.2, 0.4, 0.6, 0.8, 1.0]
    assert [path.name for path in out.parent.iterdir()] == ["a.mp4"]


def test_where_the_encoder_is_missing_the_worker_says_how_to_get_it(
    replay, oval, spec, tmp_path, monkeypatch
):
    monkeypatch.setitem(sys.modules, "av", None)
    task = ClipTask(replay, (oval, spec), SECOND, Settings(), (), tmp_path / "a.mp4")
    with pytest.raises(InputError, match=r"pip install 'leaf-rc\[clip\]'"):
        clip_maker(SimpleNamespace(report=None))(task)
