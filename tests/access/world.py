"""One world for all requests: children in every relation that the table speaks of, each full of canaries."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from cms_portal.accounts.models import User
from cms_portal.families import actions as families
from cms_portal.families.models import AddressKind, AuthorityKind
from tests.access import reaches
from tests.access.asking import Browser
from tests.access.canaries import Canaries
from tests.access.rules import PERSONAS
from tests.factories import (
    AddressFactory,
    AssignmentFactory,
    AuthorityFactory,
    BlockFactory,
    CountyFactory,
    Family,
    FamilyFactory,
    GuardianFactory,
    HouseholdFactory,
    OfficeFactory,
    RegionFactory,
    SecondHomeFactory,
    StaffFactory,
    UserFactory,
    the_portal,
)
from tests.factories.dates import MS, NM, born, days_from_today

CASES = [
    "mateo",  # rosa's child, served by ida's office, in cleo's caseload
    "second_home",  # the same child, as ben's household tells of him
    "neighbor",  # same office, another worker
    "nearby",  # another office of the region
    "faraway",  # another region
    "mississippi",  # another program
    "transferred",  # left ida's office and cleo's caseload this morning
    "closed",  # served by nobody any more
    "grown",  # tess, 18: in charge of her own record
    "placed",  # in state custody
]
MISSING = "missing"


@dataclass
class Case:
    """A child, one of its households, and who is asked about them."""

    name: str
    family: Family
    canaries: Canaries
    world: World
    # Who tells about the child today, if not the family itself.
    teller_is: Family | None = None
    made: dict[str, Any] = field(default_factory=dict)

    @property
    def child(self) -> Any:
        return self.family.child

    @property
    def household(self) -> Any:
        return self.family.household

    @property
    def guardian(self) -> Any:
        return self.family.guardian

    @property
    def user(self) -> Any:
        return self.family.user

    @property
    def teller(self) -> Family:
        return self.teller_is or self.family

    def word(self, place: str, reach: dict[str, str]) -> str:
        """Return a canary that may be read by whom a reach of the table names for this case."""
        readers = [who for who, cases in reach.items() if self.name in cases.split(" ")]
        return self.canaries.word(f"{place} of {self.name}", readers)


class World:
    """Everybody and everything the table names."""

    def __init__(self) -> None:
        self.canaries = Canaries()
        self.by = the_portal()
        self.people: dict[str, User] = {}
        self.cases: dict[str, Case] = {}
        self._open_offices()
        self._hire()
        self._welcome_families()
        self.browsers = {name: Browser(self.people.get(name)) for name in PERSONAS}

    def forget(self) -> None:
        """Forget what was made for addresses since, and read again what that has changed."""
        for case in self.cases.values():
            case.made = {}
            for row in {case.family, case.teller}:
                for one in (row.user, row.guardian, row.household, row.child):
                    one.refresh_from_db()

    def _open_offices(self) -> None:
        self.region = RegionFactory()
        self.santa_fe = OfficeFactory(
            region=self.region,
            county=CountyFactory(name="Santa Fe", region=self.region),
            is_central=True,
        )
        self.taos = OfficeFactory(region=self.region, county=CountyFactory(region=self.region))
        self.hobbs = OfficeFactory()
        self.jackson = OfficeFactory(
            program=MS, county=CountyFactory(program=MS, name="Hinds"), is_central=True
        )

    def _hire(self) -> None:
        office, region = {"office": self.santa_fe}, {"region": self.region}
        for name, role, where in [
            ("ida", "intake-worker", office),
            ("cleo", "social-worker", office),
            ("sam", "supervisor", region),
            ("prue", "program-supervisor", {"program": NM}),
            ("max", "medical-director", {"program": NM}),
            ("carla", "clinic-coordinator", region),
            ("pia", "privacy-officer", {"program": NM}),
            ("ana", "program-administrator", {"program": NM}),
            ("mo", "regional-coordinator", {"region": self.jackson.region}),
            ("sue", "program-supervisor", {"program": MS}),
            ("rita", "review-committee", {"program": NM}),
            ("lee", "intake-worker", office),
        ]:
            self.people[name] = StaffFactory(username=name, role=role, **where)
        from cms_portal.accounts.actions import end_employment, grant_role

        # Who looks at unlisted conditions where the program names no Medical Director.
        grant_role(
            user=self.people["sue"],
            role="condition-reviewer",
            program=MS,
            starts_on=days_from_today(-30, MS),
            by=self.by,
        )

        end_employment(
            user=self.people["lee"], on=days_from_today(-1), by=self.by, reason="left the office"
        )

    def _family(self, name: str, persona: str = "", **facts: Any) -> Case:
        case = Case(name, None, self.canaries, self)  # type: ignore[arg-type]
        child, home = reaches.CHILD_FACTS, reaches.HOME_FACTS
        # So far apart that no case is taken for another: their names differ in a letter or two.
        facts.setdefault("child__date_of_birth", born(9, days=100 + 16 * len(self.cases)))
        case.family = FamilyFactory(
            user__username=persona or name,
            user__email=f"{case.word('account email', home)}@example.test",
            guardian__first_name=case.word("guardian's first name", home),
            guardian__last_name=case.word("guardian's last name", home),
            guardian__email=f"{case.word('guardian email', reaches.CONTACTS)}@example.test",
            guardian__best_time_to_call=case.word("time to call", reaches.CONTACTS),
            child__first_name=case.word("child's first name", reaches.CHILD_NAMES),
            child__last_name=case.word("child's last name", reaches.CHILD_NAMES),
            child__preferred_name=case.word("child's name at home", reaches.CHILD_NAMES),
            child__tribe=case.word("tribe", child),
            **facts,
        )
        self._address(case)
        self.cases[name] = case
        if persona:
            self.people[persona] = case.user
        return case

    def _address(self, case: Case) -> None:
        AddressFactory(
            household=case.household,
            kind=AddressKind.HOME,
            street=case.word("street", reaches.ADDRESSES),
            city=case.word("city", reaches.ADDRESSES),
            directions=case.word("directions", reaches.ADDRESSES),
        )

    def _serve(self, case: Case, office: Any, worker: str = "", **facts: Any) -> Any:
        return AssignmentFactory(
            child=case.child,
            office=office,
            worker=self.people[worker] if worker else None,
            **facts,
        )

    def _welcome_families(self) -> None:
        self._serve(self._family("mateo", "rosa"), self.santa_fe, "cleo")
        self._second_home()
        self._serve(self._family("neighbor"), self.santa_fe)
        self._serve(self._family("nearby"), self.taos)
        self._serve(self._family("faraway", "fern"), self.hobbs)
        self._serve(self._family("mississippi", "dana", program=MS), self.jackson)
        self._transfer()
        self._close()
        self._come_of_age()
        self._place()
        self._block()
        self.people["hal"] = UserFactory(username="hal")
        self.people["newt"] = UserFactory(username="newt")

    def county_of(self, case: Case) -> Any:
        """Return the county where a case's household lives, so that its office is the one it is named for."""
        office = {
            "nearby": self.taos,
            "faraway": self.hobbs,
            "transferred": self.hobbs,
            "mississippi": self.jackson,
        }.get(case.name, self.santa_fe)
        return office.county

    def _second_home(self) -> None:
        case = Case("second_home", None, self.canaries, self)  # type: ignore[arg-type]
        home = reaches.HOME_FACTS
        case.family = SecondHomeFactory(
            child=self.cases["mateo"].child,
            user__username="ben",
            user__email=f"{case.word('account email', home)}@example.test",
            guardian__first_name=case.word("guardian's first name", home),
            guardian__last_name=case.word("guardian's last name", home),
            guardian__email=f"{case.word('guardian email', home)}@example.test",
        )
        self._address(case)
        self.cases[case.name], self.people["ben"] = case, case.user

    def _transfer(self) -> None:
        case = self._family("transferred")
        self._serve(case, self.santa_fe, "cleo", starts_on=days_from_today(-90))
        self._serve(case, self.hobbs)

    def _close(self) -> None:
        case = self._family("closed")
        assignment = self._serve(case, self.santa_fe, "cleo", starts_on=days_from_today(-90))
        families.end(row=assignment, on=days_from_today(0), by=self.by, reason="case closed")

    def _come_of_age(self) -> None:
        """Tess is 18 today; her father Joe, of the same home, was cut off this morning."""
        case = self._family("grown", "joe", child__date_of_birth=born(18))
        tess = GuardianFactory(household=case.household, user__username="tess")
        AuthorityFactory(guardian=tess, child=case.child, kind=AuthorityKind.YOUTH)
        self._serve(case, self.santa_fe, "cleo")
        self.people["tess"] = tess.user
        case.teller_is = replace(case.family, user=tess.user, guardian=tess)

    def _place(self) -> None:
        case = self._family("placed", "bio")
        placement = HouseholdFactory(is_placement=True)
        rex = GuardianFactory(
            household=placement,
            user__username="rex",
            first_name=case.word("resource parent's name", reaches.PLACEMENT),
        )
        gail = GuardianFactory(user__username="gail")
        families.take_into_custody(
            child=case.child,
            agency=gail,
            kind=AuthorityKind.STATE_CUSTODY,
            starts_on=days_from_today(0),
            by=self.by,
            reason="court order",
            placement=placement,
        )
        AuthorityFactory(
            guardian=rex,
            child=case.child,
            kind=AuthorityKind.RESOURCE_PARENT,
            starts_on=days_from_today(0),
        )
        AddressFactory(
            household=placement, street=case.word("placement street", reaches.PLACEMENT_ADDRESS)
        )
        self._serve(case, self.santa_fe, "cleo")
        self.people |= {"rex": rex.user, "gail": gail.user}
        case.teller_is = replace(
            case.family, user=gail.user, guardian=gail, household=gail.household
        )

    def _block(self) -> None:
        """Vic is an adult of Rosa's home, Mateo's parent on paper, and kept away by a court."""
        case = self.cases["mateo"]
        vic = GuardianFactory(household=case.household, user__username="vic")
        AuthorityFactory(guardian=vic, child=case.child)
        BlockFactory(child=case.child, user=vic.user)
        self.people["vic"] = vic.user
