"""What is asked of a child at which age, as the rulebook in force says."""

import shutil
from datetime import date

import pytest

from eligibility import time_of_life
from eligibility.program_folders import PROGRAMS, load_rulebooks
from eligibility.time_of_life import plans_for_adult_care

DAY = date(2026, 11, 21)
NM, MS = "nm-cms", "ms-cmp"


@pytest.mark.parametrize("program", [NM, MS])
def test_adult_care_is_planned_from_the_12th_birthday(program):
    assert not plans_for_adult_care(program, age=11, on=DAY)
    assert plans_for_adult_care(program, age=12, on=DAY)


def test_the_age_is_the_one_of_the_rulebook(tmp_path, monkeypatch):
    later = tmp_path / "programs"
    shutil.copytree(PROGRAMS, later)
    figures = later / "nm_cms" / "parameters" / "figures.yaml"
    figures.write_text(figures.read_text().replace("value: 12\n", "value: 14\n"))
    monkeypatch.setattr(time_of_life, "rulebooks", lambda: load_rulebooks(later))

    assert not plans_for_adult_care(NM, age=13, on=DAY)
    assert plans_for_adult_care(NM, age=14, on=DAY)
    assert plans_for_adult_care(MS, age=12, on=DAY)
