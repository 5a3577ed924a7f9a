"""Which slips of a pen or an ear make the same child, and which children are two."""

from __future__ import annotations

from datetime import date

import pytest

from cms_portal.families.birth_dates import dates_near, how_near
from cms_portal.families.likeness import Facts, compare, plain

LUCIA = {"first_name": "Lucía", "last_name": "Peña", "date_of_birth": date(2019, 5, 4)}
HOME = {"phones": frozenset(["+15055550134"]), "addresses": frozenset(["12 CALLE LARGA||87501"])}


def alike(ours=LUCIA, *, is_heard=False, **theirs):
    return compare(Facts(**ours), Facts(**(LUCIA | theirs)), is_heard=is_heard)


# What somebody may have typed or heard of Lucía Peña, and what is said of it.
SLIPS = [
    ({}, "same birth date"),
    ({"first_name": "LUCIA", "last_name": "PENA"}, "same last name"),
    ({"first_name": "Luzia"}, "first name differs by one letter"),
    ({"first_name": "Lcuia"}, "first name differs by one letter"),
    ({"first_name": "Lucy"}, "first name is a short form of the other"),
    ({"first_name": "Ana", "preferred_name": "Lucía"}, "same first name"),
    ({"first_name": "Ana", "middle_name": "Lucía"}, "same first name"),
    ({"first_name": "Ana Lucía"}, "same first name"),
    ({"last_name": "Penya"}, "last name differs by one letter"),
    ({"last_name": "Peña Ortiz"}, "one of the last names is the same"),
    ({"last_name": "Ortiz-Peña"}, "one of the last names is the same"),
    ({"last_name": "Begay"}, "same first name"),
    ({"first_name": "Peña", "last_name": "Lucía"}, "first and last name are swapped"),
    ({"date_of_birth": date(2019, 4, 5)}, "day and month of the birth date are swapped"),
    ({"date_of_birth": date(2019, 5, 24)}, "one digit of the birth date differs"),
    ({"date_of_birth": date(2016, 5, 4)}, "one digit of the birth date differs"),
    ({"date_of_birth": date(2020, 5, 4)}, "birth date is one year off"),
    ({"date_of_birth": date(2019, 5, 3)}, "one digit of the birth date differs"),
    (
        {"date_of_birth": date(2019, 4, 5), "last_name": "Penya"},
        "last name differs by one letter",
    ),
    ({"first_name": "Lucy", "date_of_birth": date(2018, 5, 4)}, "same last name"),
    ({"date_of_birth": date(2013, 5, 4), "last_name": "Pena"}, "same first name"),
    # In one home, the whole date may be wrong.
    (HOME | {"date_of_birth": date(2011, 12, 30)}, "same last name"),
]


@pytest.mark.parametrize(("slip", "reason"), SLIPS)
def test_a_slip_does_not_hide_a_child(slip, reason):
    ours = LUCIA | {key: value for key, value in slip.items() if key in HOME}

    found = alike(ours, is_heard=True, **slip)

    assert found.is_likely_same
    assert reason in found.reasons


@pytest.mark.parametrize("wrong", [{"first_name": "Olga"}, {"last_name": "Begay"}])
def test_one_name_may_be_heard_quite_wrong_but_does_not_make_two_records_one(wrong):
    assert alike(is_heard=True, **wrong).is_likely_same
    assert not alike(**wrong).is_likely_same


def test_a_new_last_name_in_the_same_home_does_not_hide_a_child():
    assert alike(LUCIA | HOME, **HOME, last_name="Begay").is_likely_same


@pytest.mark.parametrize(
    "other",
    [
        {"first_name": "Olga", "last_name": "Begay"},
        {"first_name": "Olga", "date_of_birth": date(2019, 4, 5)},
        {"first_name": "Mateo", "date_of_birth": date(2020, 5, 4)},
        {"last_name": "Begay", "date_of_birth": date(2018, 5, 4)},
        {"last_name": "Begay", "date_of_birth": date(2011, 12, 30)},
        {"date_of_birth": date(2011, 12, 30)},
        HOME | {"first_name": "Mateo", "date_of_birth": date(2017, 1, 9)},
        HOME | {"first_name": "Olga", "date_of_birth": date(2020, 5, 4)},
    ],
)
def test_another_child_is_not_offered(other):
    ours = LUCIA | {key: value for key, value in other.items() if key in HOME}

    found = alike(ours, **other)

    assert not found.is_likely_same
    assert not found.is_likely_twin


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"first_name": "Lucía"}, {"first_name": "Mateo"}),
        ({"first_name": "María Elena"}, {"first_name": "María Isabel"}),
        (
            {"first_name": "María", "middle_name": "Elena"},
            {"first_name": "María", "middle_name": "Isabel"},
        ),
    ],
)
def test_two_born_on_one_day_in_one_home_are_offered_as_twins(ours, theirs):
    found = alike(LUCIA | HOME | ours, **HOME, **theirs)

    assert found.is_likely_twin
    assert not found.is_likely_same
    assert {"same birth date", "same phone", "same address"} <= set(found.reasons)


def test_the_nearer_scores_higher():
    scores = [
        alike(LUCIA | HOME, **HOME).score,
        alike(first_name="Luzia").score,
        alike(first_name="Luzia", date_of_birth=date(2018, 5, 4)).score,
    ]

    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 100


def test_every_date_somebody_may_have_typed_is_near():
    day = date(2019, 5, 4)
    near = dates_near(day)

    assert {date(2019, 4, 5), date(2020, 5, 4), date(2019, 5, 24), date(2019, 5, 3)} <= set(near)
    assert len(near) < 60
    assert all(how_near(day, one)[0] >= 0.8 for one in near)
    assert date(2020, 2, 29) not in dates_near(date(2019, 2, 28))


@pytest.mark.parametrize(
    ("name", "expected"), [("Núñez-O’Brien", "NUNEZ O BRIEN"), ("  de  la Peña ", "DE LA PENA")]
)
def test_a_name_is_compared_without_accents_and_signs(name, expected):
    assert plain(name) == expected
