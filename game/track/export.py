"""Export a circuit's centreline as a table for other programs."""

import csv
import io
import math

import numpy as np

from game.track.track import Track

COLUMNS = (
    "s_m",
    "x_m",
    "y_m",
    "heading_rad",
    "curvature_1pm",
    "width_right_m",
    "width_left_m",
)


def centreline_csv(track: Track) -> str:
    """Return the centreline every metre from the start line; the last row is nearer.

    Widths are those of the tarmac, from the centreline to its edges.
    """
    s_m = np.arange(math.ceil(track.length_m), dtype=np.float64)
    points_m = track.centreline.position(s_m)
    samples_m = np.arange(track.tables.sample_count + 1) * track.tables.step_m
    widths_m = [
        np.interp(s_m, samples_m, np.append(edge_m, edge_m[0]))
        for edge_m in (track.band_edges("right")[:, 0], track.band_edges("left")[:, 0])
    ]
    columns = (
        s_m,
        points_m[:, 0],
        points_m[:, 1],
        track.centreline.heading_rad(s_m),
        track.centreline.curvature_1pm(s_m),
        *widths_m,
    )
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(np.round(np.column_stack(columns), 9).tolist())
    return stream.getvalue()
