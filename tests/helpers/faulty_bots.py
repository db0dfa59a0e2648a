"""Drive like the shipped follower until each does one thing wrong, on its second lap."""

import os
import signal
import time

from game.bot.examples.follower import Follower
from game.vehicle.state import Controls


class _Spoilt(Follower):
    def decide(self, seen):
        return self.spoil() if seen.car.lap == 2 else super().decide(seen)


class Raises(_Spoilt):
    def spoil(self):
        raise ValueError("enough")


class Hangs(_Spoilt):
    def spoil(self):
        time.sleep(1000.0)


class TalksNonsense(_Spoilt):
    def spoil(self):
        return "left"


class Exits(_Spoilt):
    def spoil(self):
        os._exit(3)


class IsKilled(_Spoilt):
    def spoil(self):
        os.kill(os.getpid(), signal.SIGKILL)


class NeverStarts(_Spoilt):
    def decide(self, seen):
        raise ValueError(f"not on lap {seen.car.lap}")


class Chatters(Follower):
    def decide(self, seen):
        print("I am driving")
        os.write(1, b"I really am\n")
        return super().decide(seen)


class Crashes(_Spoilt):
    def spoil(self):
        return Controls(steering=-9000, throttle=255)
