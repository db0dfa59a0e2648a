"""Every lap that counts stands on a board, with a replay that proves it.

- `kept_lap`: a lap with all that its time depends on. `setup_class`: how much of its setup was the
  driver's choice.
- `lap_database`: all laps of the player's folder, which several programs may write to at once.
  `former_history`: the files that earlier versions kept laps in.
- `lap_writer`: saves laps, best laps and replays in a thread of its own.
- `board`: laps that can be compared, the fastest first. `proof`: laps driven again from their
  replays. `board_file`: boards as one file, to pass on.
"""
