"""Import circuits from files of other programs: a file of points becomes a `track.toml`.

The way of an import, a module each: a reader gives the points with what the file says about them
(`read_source`, `tables`, `geojson`, `gpx`, `kml`), `joining` makes one line of many ways, `laps`
takes a driven trace apart, `cleaning` leaves one closed row of points, `fitting` finds the line
along them, `closed_elements` rounds and closes it, `length_error` says how sure its length is,
`widths` and `crossings` say what belongs to it, and `writer` writes it down. `importing` does all
of this in order.
"""
