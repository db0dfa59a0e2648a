"""Search the lap of minimum time that the physics of a car allow, by optimal control.

`symbols.py` runs the tick's own functions on CasADi's symbols, `car_dynamics.py` puts them together
to the car's equations of motion, `transcription.py` makes a nonlinear program of them over a lap,
`first_guess.py` gives it the bot's plan to begin with, `solver.py` has IPOPT solve it.
`optimal_lap.py` is what others call; `kept_laps.py` keeps the laps that are found.

CasADi and IPOPT come with the extra `lab` and are imported only where a lap is solved.
"""
