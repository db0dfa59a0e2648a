"""leaf-rc: a Nissan LEAF NISMO RC on the Circuit Ricardo Tormo, to play, to race, to tune.

Packages stand in one line, each importing only from those before it: `track` (where one drives),
`vehicle` (what one drives), `simulation` (the world's tick), `drivers` (who drives), `recording`,
`lab` (headless studies) and `app` (the window, the only home of pygame).
"""
