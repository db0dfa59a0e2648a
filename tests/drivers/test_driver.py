"""A driver needs no more than `decide`; what else it has is used."""

from game.drivers.driver import TICKS_PER_DECISION, BaseDriver, complete_driver
from game.vehicle.state import Controls


class OnlyDecides:
    """Keeps the throttle pressed."""

    def decide(self, _):
        return Controls(throttle=255)


class Counts(OnlyDecides):
    """Decides in every tick, and counts its laps."""

    ticks_per_decision = 1
    laps = 0

    def lap_done(self, _):
        self.laps += 1


def test_a_driver_that_only_decides_gets_the_other_members():
    driver = complete_driver(OnlyDecides())
    assert driver.ticks_per_decision == TICKS_PER_DECISION
    assert driver.reset(None) is None
    assert driver.lap_done(None) is None
    assert driver.decide(None) == Controls(throttle=255)


def test_the_members_that_a_driver_has_are_its_own():
    counts = Counts()
    driver = complete_driver(counts)
    assert driver.ticks_per_decision == 1
    driver.lap_done(None)
    assert counts.laps == 1


def test_a_complete_driver_stays_itself():
    class Mine(BaseDriver):
        def decide(self, _):
            return Controls()

    mine = Mine()
    assert complete_driver(mine) is mine
