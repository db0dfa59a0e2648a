"""Make split maps of all kinds, for property tests."""

from hypothesis import assume
from hypothesis import strategies as st

from game.vehicle.split_map import SplitMap, Stretch

shares = st.floats(0.0, 1.0)


@st.composite
def stretches(draw, max_m):
    """Return a painted stretch up to a place on the lap, which may run across the line."""
    places = st.floats(0.0, max_m)
    from_m, to_m = draw(places), draw(places)
    assume(from_m != to_m)
    return Stretch(from_m, to_m, draw(shares), draw(st.sampled_from(["drive", "regeneration"])))


def split_maps(max_painted, max_m, **others):
    """Return a map with any of the phases and some painted stretches."""
    return st.builds(
        SplitMap,
        braking=st.none() | shares,
        entry=st.none() | shares,
        middle=st.none() | shares,
        exit=st.none() | shares,
        painted=st.lists(stretches(max_m), max_size=max_painted).map(tuple),
        **others,
    )
