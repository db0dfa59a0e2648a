"""leaf-rc: a Nissan LEAF NISMO RC on the Circuit Ricardo Tormo, to play, to race and to tune.

`game/README.md` has the packages in one line, each importing only from those before it.
"""
