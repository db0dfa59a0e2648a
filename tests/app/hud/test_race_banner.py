"""The banner of a race shows news for a moment, and the flag that is out else."""

from game.app.driving.race_news import News, NewsKind
from game.app.hud.race_banner import RaceBanner

TOLD = News(NewsKind.GIVE_BACK, "GIVE THE PLACE BACK", "let Lime by: 30 s")
BLUE = News(NewsKind.BLUE, "BLUE FLAG", "let the faster car pass")


def test_news_come_before_a_flag_until_they_are_old():
    banner = RaceBanner()
    banner.flag = BLUE
    banner.show(TOLD)
    assert banner.shown == TOLD
    for _ in range(100):
        banner.update(0.1)
    assert banner.shown == BLUE


def test_a_flag_that_says_the_same_counts_down_meanwhile():
    banner = RaceBanner()
    banner.show(TOLD)
    banner.flag = TOLD._replace(words="let Lime by: 29 s")
    assert banner.shown == banner.flag
