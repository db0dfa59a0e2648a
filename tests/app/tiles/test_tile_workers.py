"""Baking beside the game: tiles come in time, what is lost is painted again, memory is bounded."""

import os
import time
from collections import deque
from itertools import islice

import cv2
import numpy as np
import pygame
import pytest
from here_worker import HereWorkerOfGroup
from oval import make_oval

from game.app.canvas.daylight import GroundLight, shadow_cast
from game.app.canvas.sun import NOON_CAST, ShadowCast
from game.app.surfaces.driven_line import circuit_line
from game.app.tiles import tile_store, tile_workers, world_view
from game.app.tiles.ground_painter import GroundPainter
from game.app.tiles.mosaic import keys_in
from game.app.tiles.tile_cache import TileCache
from game.app.tiles.tile_loader import load_tile
from game.app.tiles.tile_store import TileStore
from game.app.tiles.tiles import SCALES, TileKey
from game.app.tiles.world_view import WorldView
from game.app.view.camera import View
from game.weather.weather import load_weather

pytestmark = pytest.mark.slow

KEY = TileKey(16.0, 0, 0)
SHADY = TileKey(4.0, 0, 0)  # has walls
EVENING = ShadowCast(2.4, 0.2, 1.4)
FEW = [TileKey(4.0, 0, 0), TileKey(16.0, 0, 0), TileKey(16.0, 1, 0)]
PATIENCE_S = 300.0  # of a process below the priority of tests beside this one


class FewTiles:
    """A plan of some tiles, in the order given."""

    def __init__(self, keys):
        self.all = frozenset(keys)
        self.coarsest = [key for key in keys if key.scale == 1.0]
        self.grid = []
        self._keys = keys

    def drawn_from(self, key):
        return key

    def ahead(self, *_):
        return iter(self._keys)


class NobodyPaints:
    """Workers that have painted what a test says, once."""

    is_alive, is_free, is_busy = True, False, True
    painted = ()

    def __init__(self, *_):
        pass

    def poll(self):
        keys, self.painted = self.painted, ()
        return [tile_workers.PaintedTile(key, None, "") for key in keys]

    def close(self):
        pass


@pytest.fixture(scope="module")
def oval():
    return make_oval()


@pytest.fixture(scope="module")
def painter(oval):
    return GroundPainter(oval, circuit_line(oval))


class PaintsOnce:
    """Gives what a painter paints, which is the same at every time."""

    def __init__(self, painter):
        self._painter = painter
        self._pictures = {}

    def paint(self, piece):
        if piece not in self._pictures:
            *steps, self._pictures[piece] = self._painter.paint(piece)
            yield from steps
        yield self._pictures[piece].copy()

    def shade(self, piece, cast):
        return self._painter.shade(piece, cast)


@pytest.fixture(scope="module")
def painter_here(painter):
    return PaintsOnce(painter)


@pytest.fixture
def few_tiles(monkeypatch, tmp_path):
    """Stores have nothing in them and bake three tiles and no more, one at a time."""
    monkeypatch.setattr(tile_store, "TilePlan", lambda _: FewTiles(FEW))
    monkeypatch.setattr(tile_workers, "_MAX_PROCESSES", 1)
    monkeypatch.setattr(tile_store, "cache_for", lambda *_: TileCache(tmp_path / "tiles"))


@pytest.fixture
def painted_here(monkeypatch, painter_here):
    """Tiles are baked without a process, whose start takes longer than most of these tests."""
    monkeypatch.setattr(tile_workers, "_MAX_PROCESSES", 1)
    monkeypatch.setattr("game.workers.group.Worker", HereWorkerOfGroup)
    for module in (tile_workers, tile_store):
        monkeypatch.setattr(module, "GroundPainter", lambda *_: painter_here)
    monkeypatch.setattr(cv2, "setNumThreads", lambda _: None)


@pytest.fixture
def store(oval, few_tiles, painted_here):  # noqa: ARG001
    made = TileStore(oval)
    yield made
    made.close()


@pytest.fixture
def store_with_process(oval, few_tiles):  # noqa: ARG001
    made = TileStore(oval)
    yield made
    made.close()


def until(store, done):
    end_s = time.monotonic() + PATIENCE_S
    while not done():
        assert time.monotonic() < end_s, "it never came"
        store.poll()
        time.sleep(0.005)


def pixels(surface):
    return pygame.surfarray.array3d(surface)


def requested(store, key):
    store.request([key])
    until(store, lambda: store.has(key))
    return store.get(key)


def test_a_baked_tile_is_what_the_painter_paints(store_with_process, painter, tmp_path):
    kept = TileCache(tmp_path / "painted here")
    tile_workers.paint_into(kept, painter, KEY, NOON_CAST)
    shown = load_tile(kept, KEY, GroundLight())
    assert shown.is_shaded
    assert np.array_equal(pixels(requested(store_with_process, KEY)), pixels(shown.surface))


def test_for_another_sun_only_the_shadows_are_painted(painter, tmp_path, monkeypatch):
    kept = TileCache(tmp_path)
    tile_workers.paint_into(kept, painter, SHADY, NOON_CAST)
    ground = pixels(kept.load(SHADY))
    monkeypatch.setattr(painter, "paint", lambda _: pytest.fail("the ground was painted again"))
    tile_workers.paint_into(kept, painter, SHADY, EVENING)
    assert kept.shaded_keys(NOON_CAST) == kept.shaded_keys(EVENING) == {SHADY}
    assert np.array_equal(pixels(kept.load(SHADY)), ground)
    dark = [kept.load_shade(SHADY, cast).astype(int) for cast in (NOON_CAST, EVENING)]
    assert dark[1].sum() > 1.5 * dark[0].sum()  # shadows are longer


def test_ground_that_lacks_its_shadows_is_shown_without_them_until_they_are_there(
    oval,
    few_tiles,  # noqa: ARG001
    painter,
    tmp_path,
    monkeypatch,
):
    tile_workers.paint_into(TileCache(tmp_path / "tiles"), painter, SHADY, NOON_CAST)
    monkeypatch.setattr(tile_store, "TileWorkers", NobodyPaints)
    store = TileStore(oval, sky=load_weather("warm_evening").sky)
    try:
        bare = pixels(requested(store, SHADY)).astype(int)
        cast = shadow_cast(load_weather("warm_evening").sky)
        tile_workers.paint_into(TileCache(tmp_path / "tiles"), painter, SHADY, cast)
        store._workers.painted = [SHADY]
        until(store, lambda: pixels(store.get(SHADY)).astype(int).sum() < bare.sum())
        assert store.has(SHADY)
    finally:
        store.close()


def test_damaged_shadows_are_painted_again(store, painter_here, tmp_path):
    kept = TileCache(tmp_path / "tiles")
    tile_workers.paint_into(kept, painter_here, SHADY, NOON_CAST)
    whole = kept.load_shade(SHADY, NOON_CAST)
    path = next((tmp_path / "tiles").glob("shade*/*.png"))
    path.write_bytes(path.read_bytes()[:100])
    assert kept.load_shade(SHADY, NOON_CAST) is None
    store.request([SHADY])
    until(store, lambda: kept.load_shade(SHADY, NOON_CAST) is not None)
    assert np.array_equal(kept.load_shade(SHADY, NOON_CAST), whole)


def test_all_tiles_are_baked_without_being_asked_for(store):
    assert store.progress < 1.0
    until(store, lambda: store.progress == 1.0)


def painting(store):
    """How many processes paint."""
    return sum(worker.is_working for worker in store._workers._group.workers)


def test_while_others_have_the_processors_only_what_is_in_view_is_painted(store, monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(tile_workers, "workers_at_work", lambda: 1 + painting(store))
    in_view, ahead = FEW[1], FEW[2]
    requested(store, in_view)
    for _ in range(100):
        store.poll()
        time.sleep(0.005)
    assert store.is_cached(FEW[1])
    assert not store.is_cached(ahead)
    monkeypatch.undo()
    until(store, lambda: store.progress == 1.0)


def test_the_grid_is_painted_though_others_have_the_processors(store, monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(tile_workers, "workers_at_work", lambda: 1 + painting(store))
    store._plan.grid = [FEW[2]]
    requested(store, FEW[1])
    until(store, lambda: store.is_cached(FEW[2]))
    assert not store.is_cached(FEW[0])


def test_a_tile_beside_the_baked_ones_is_painted_though_all_of_them_are_kept(store, oval):
    until(store, lambda: store.progress == 1.0)
    again = TileStore(oval)
    beside = TileKey(16.0, 2, 0)
    assert not again.is_cached(beside)
    requested(again, beside)
    again.close()


def test_the_coarsest_tiles_are_loaded_unasked_so_that_no_place_is_a_hole(store, monkeypatch):
    coarsest = KEY.coarser(1.0)
    requested(store, coarsest)
    monkeypatch.setattr(tile_store, "TilePlan", lambda _: FewTiles([coarsest]))
    again = TileStore(store._track)
    until(again, lambda: again.has(coarsest))
    assert again.get(KEY) is not None
    again.close()


def test_with_what_comes_soon_a_coarse_tile_is_asked_for_that_can_stand_in(store):
    store.request([KEY])
    assert set(store._requests) == {KEY, KEY.coarser(tile_store.QUICK_SCALE)}


def test_a_damaged_tile_is_painted_again(store, oval):
    expected = pixels(requested(store, KEY))
    (store._cache.folder / "16_0_0.jpg").write_bytes(b"spoilt")
    again = TileStore(oval)
    assert again.is_cached(KEY)
    assert np.array_equal(pixels(requested(again, KEY)), expected)
    again.close()


def worker_of(store):
    """The only process of a store, once it has begun to start."""
    until(store, lambda: store._workers is not None and store._workers._group.workers)
    (worker,) = store._workers._group.workers
    return worker


def test_a_worker_that_was_killed_loses_nothing_but_its_tile(store_with_process):
    worker = worker_of(store_with_process)
    until(store_with_process, lambda: worker.busy_with is not None)
    os.kill(worker.pid, 9)
    until(store_with_process, lambda: store_with_process.error)
    assert "start the game again" in store_with_process.error
    for _ in store_with_process.paint_now([KEY]):
        pass
    assert store_with_process.has(KEY)


@pytest.mark.parametrize("after_s", [0.0, 0.1, 0.25])
def test_processes_still_starting_end_at_once_and_without_a_word(oval, tmp_path, capfd, after_s):
    begun = tile_workers.TileWorkers(oval, TileCache(tmp_path), GroundLight(), 3)
    time.sleep(after_s)
    workers = list(begun._group.workers)
    assert workers
    begun.close()
    assert all(worker.join(PATIENCE_S) for worker in workers)
    assert "Error" not in capfd.readouterr().err
    assert not begun.is_alive


def test_a_worker_that_is_killed_while_it_starts_holds_nobody_up(store_with_process):
    worker = worker_of(store_with_process)
    until(store_with_process, lambda: worker.pid is not None)
    os.kill(worker.pid, 9)
    until(store_with_process, lambda: store_with_process.error)


def test_with_a_cache_that_cannot_be_written_tiles_come_all_the_same(store, tmp_path):
    blocked = tmp_path / "a file"
    blocked.write_text("where a folder should be")
    store._cache.folder = blocked / "tiles"
    store._painted.clear()
    requested(store, FEW[0])
    assert "a file" in store.error


def test_where_tiles_cannot_be_kept_one_error_is_enough_and_dropped_ones_come_again(
    store, tmp_path, monkeypatch
):
    blocked = tmp_path / "a file"
    blocked.write_text("where a folder should be")
    store._cache.folder = blocked / "tiles"
    monkeypatch.setattr(tile_store, "_MAX_TILES", 2)
    errors = set()
    for key in (*FEW, FEW[0]):
        requested(store, key)
        errors.add(store.error)
    assert len(errors) == 1
    assert store.has(FEW[0])
    assert blocked.read_text() == "where a folder should be"


def test_processes_end_when_all_is_painted_and_start_again_for_a_tile_beside(store_with_process):
    until(
        store_with_process,
        lambda: store_with_process.progress == 1.0 and store_with_process._workers is None,
    )
    requested(store_with_process, TileKey(16.0, 2, 0))


def test_memory_holds_a_bounded_number_of_tiles_and_the_latest_among_them(store, monkeypatch):
    monkeypatch.setattr(tile_store, "_MAX_TILES", 2)
    for key in FEW:
        for _ in store.paint_now([key]):
            pass
    assert [store.has(key) for key in FEW] == [False, True, True]


def test_marks_are_asked_for_with_every_tile_and_reach_those_in_memory(store):
    ready = []
    store.on_ready = lambda surface, piece: ready.append((surface, piece))
    surface = requested(store, KEY)
    assert (surface, KEY.piece) in ready
    side_m = KEY.piece.side_m
    inside = list(store.touching(np.array([1.0, 1.0]), np.array([2.0, 2.0])))
    beside = list(store.touching(np.array([-2.0, 1.0]), np.array([-1.0, 2.0])))
    assert [piece for _, piece in inside if piece.side_m == side_m] == [KEY.piece]
    assert KEY.piece not in [piece for _, piece in beside]


def test_until_a_tile_is_there_a_coarser_one_stands_in(store):
    coarse = FEW[0]
    for _ in store.paint_now([coarse]):
        pass
    stand_in = store.get(KEY)
    assert stand_in is not None
    assert not store.has(KEY)
    enlarged = pixels(stand_in)[::64, ::64].astype(float)
    side = 512 // 4
    original = pixels(store.get(coarse))[:side:16, 512 - side :: 16].astype(float)
    assert np.abs(enlarged - original).mean() < 12.0


def test_opening_ends_with_something_to_show_everywhere_in_view(oval, monkeypatch):
    monkeypatch.setattr(tile_workers, "_MAX_PROCESSES", 1)
    ground = WorldView(oval)
    view = View(0.0, 0.0, 14.0, 320, 180)
    shares = list(ground.load(view))
    surface = pygame.Surface((320, 180))
    surface.fill((255, 0, 255))
    ground.draw(surface, view)
    assert not shows_a_hole(surface)
    assert all(0.0 <= share < 1.0 for share in shares)
    ground.close()


def test_loading_leaves_the_processor_to_the_painters_as_long_as_nothing_comes(
    oval, monkeypatch, tmp_path
):
    naps_s = []
    monkeypatch.setattr(world_view.time, "sleep", naps_s.append)
    waiting = WorldView(oval, TileCache(tmp_path))
    monkeypatch.setattr(waiting._store, "poll", lambda: None)
    shares = list(islice(waiting.load(View(0.0, 0.0, 9.7, 320, 180)), 5))
    assert len(set(shares)) == 1
    assert len(naps_s) == 4  # at every step but the first, before which nothing is known
    assert max(naps_s) < 0.010  # the window goes on answering


def shows_a_hole(surface):
    """Return whether ground is missing: its colour then is found in few pixels elsewhere."""
    return np.count_nonzero((pixels(surface) == (140, 122, 86)).all(axis=2)) > 25


@pytest.mark.usefixtures("painted_here")
def test_from_the_first_frame_on_there_is_ground_wherever_on_the_lap_the_car_is(oval):
    ground = WorldView(oval)
    deque(ground.load(View(0.0, 0.0, 9.7, 320, 180)), maxlen=0)
    ground.close()  # nothing more is painted
    surface = pygame.Surface((320, 180))
    for s_m in range(0, 714, 50):
        for pixels_per_m in (1.0, 2.4, 9.7):
            surface.fill((255, 0, 255))
            place = oval.centreline.point(float(s_m), 0.0)
            view = View(*place, pixels_per_m, 320, 180, up_rad=0.01 * s_m)
            ground.draw(surface, view)
            assert not shows_a_hole(surface)
            for scale in SCALES:
                assert all(ground._store.get(key) for key in keys_in(view, scale))
