"""Where a Chinese heading may break."""

from __future__ import annotations

import pytest

from generator.rendering.phrases import phrases


@pytest.mark.parametrize(
    "title, pieces",
    [
        pytest.param("邯郸市权力公开透明运行网", "邯郸市|权力公开|透明运行网", id="a-site"),
        pytest.param("食品经营许可（餐饮服务）", "食品经营|许可|（餐饮|服务）", id="brackets"),
        pytest.param("医师执业许可证的核发", "医师执业|许可证的|核发", id="longest-word"),
        pytest.param("独生子女伤残、死亡家庭扶助", "独生子女伤残、|死亡家庭扶助", id="comma"),
        pytest.param("食品", "食品", id="one-word"),
    ],
)
def test_a_heading_breaks_between_words(title, pieces):
    """A word cut in two at the edge of a telephone is read twice."""
    assert "|".join(phrases(title)) == pieces


def test_no_sign_of_a_title_is_lost():
    """A heading must stay the name that was vetted."""
    for title in ("《邯郸市》的、和", "A级许可 2025年第3号（试行）", "许可", ""):
        assert "".join(phrases(title)) == title
