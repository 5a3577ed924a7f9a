"""Everybody in the demo, in the order in which their lives touch."""

from __future__ import annotations

from datetime import datetime, timedelta

from carecoord.demo import families as home
from carecoord.demo.caseload import make_caseload
from carecoord.demo.lookalikes import open_look_alikes
from carecoord.demo.paper import make_paper_mail
from carecoord.demo.referrals import make_referrals
from carecoord.demo.reviews import make_reviews
from carecoord.demo.staff import hire_everybody
from cms_portal.accounts.actions import system_user
from cms_portal.accounts.models import User
from cms_portal.families import actions as families
from cms_portal.families.models import AssignmentKind, AuthorityKind
from intake.actions import applications, information_requests
from intake.journeys.filling import fill

NM, MS = home.NM, home.MS


def make_everybody(*, now: datetime) -> None:
    """Make the staff and the families, with `now` as the moment the demo begins."""
    portal = system_user()
    staff = hire_everybody(portal)
    _rosa_and_hal(staff, now)
    _ben_and_vic(staff, now)
    _dana(staff, now)
    _tess_and_joe(staff, now)
    caseload = make_caseload(staff, now)
    make_reviews(caseload, staff, now)
    make_referrals(staff, now)
    make_paper_mail(staff, now)
    open_look_alikes(staff)


def _rosa_and_hal(staff: dict[str, User], now: datetime) -> None:
    """Santa Fe, reads Spanish: Mateo's services are decided, Lucía's application waits for a paper.

    Hal, a navigator, helps Rosa with Lucía's.
    """
    rosa = home.open_family_account("rosa", "Rosa Gallegos", "es", phone="+15055550134")
    asthma = {"text": "asma", "status": "reported"}
    mateo = home.start(
        rosa, NM, first_name="Mateo", last_name="Gallegos", date_of_birth=home.born(9)
    )
    likes = {"strengths": "Le encantan la música y sus primitos."}
    boy = {"sex": "male", "background": ["hispanic"]}
    fill(mateo, home.new_mexico_answers("Santa Fe", [asthma], about=likes, child=boy), by=rosa)
    home.send(mateo, rosa, now - timedelta(days=40))
    mateo.refresh_from_db()
    home.with_code(mateo, staff["ida"], asthma | {"icd10": "J45.40", "status": "confirmed"})
    home.decide_as_recommended(
        mateo,
        staff["ida"],
        staff["sam"],
        now - timedelta(days=31),
        words="Le ayudamos a solicitar el fondo. Cuando acepten a Mateo, lo vemos otra vez.",
    )

    seizures = {"text": "epilepsia", "status": "reported"}
    lucia = home.start(
        rosa, NM, first_name="Lucía", last_name="Gallegos", date_of_birth=home.born(16)
    )
    told = home.new_mexico_answers(
        "Santa Fe",
        [seizures],
        about=likes,
        **{
            "seizure-medicine": {"on_seizure_medication": "yes"},
            "medicaid": {"medicaid": "not_applied"},
        },
    )
    fill(lucia, told, by=rosa)
    hal = home.open_family_account("hal", "Hal Vigil", email="hal@example.test")
    applications.let_help(application=lucia, helper=hal, on=home.programs.get(NM).today(), by=rosa)
    home.send(lucia, rosa, now - timedelta(days=6))
    home.ask_for_a_call(lucia, rosa, now)
    lucia.refresh_from_db()
    information_requests.ask(
        application=lucia,
        rule="covered_condition",
        words="La doctora puede mandarnos la carta por fax.",
        by=staff["ida"],
        at=now - timedelta(days=2),
    )


def _ben_and_vic(staff: dict[str, User], now: datetime) -> None:
    """Las Cruces: Ben's newborn did not pass the hearing screen; Vic, the other guardian, is blocked."""
    ben = home.open_family_account("ben", "Ben Chávez", phone="+15755550119")
    vic = home.open_family_account("vic", "Vic Duran", phone="+15755550120")
    luz = home.start(
        ben,
        NM,
        relation=AuthorityKind.JOINT_CUSTODY,
        first_name="Luz",
        last_name="Chávez",
        date_of_birth=home.born(0, days=21),
    )
    told = home.new_mexico_answers(
        "Doña Ana",
        [{"text": "did not pass the hearing screen", "status": "suspected"}],
        language={
            "spoken_language": "en",
            "written_language": "en",
            "needs_interpreter": "no",
        },
        medicaid={"medicaid": "enrolled"},
        newborn={
            "born_in_state": "yes",
            "hearing_screen": "not_passed",
            "hearing_risk_factors": "no",
            "bloodspot_screen": "in_range",
        },
    )
    told.pop("pool")
    fill(luz, told, by=ben)
    home.send(luz, ben, now - timedelta(days=2))
    today = home.programs.get(NM).today()
    families.assign(
        child=luz.child,
        office=luz.child.assignments.get().office,
        worker=staff["cleo"],
        kind=AssignmentKind.PRIMARY,
        starts_on=today,
        reason="newborn follow-up",
        by=staff["sam"],
    )
    home.second_home(luz.child, vic, staff["nora"])
    families.block(
        child=luz.child,
        user=vic,
        starts_on=today,
        reason="order of protection, shown at the office",
        by=staff["cleo"],
    )


def _dana(staff: dict[str, User], now: datetime) -> None:
    """Jackson, Mississippi: last year's intake assessment is decided, this year's is due in 20 days."""
    dana = home.open_family_account("dana", "Dana Whitfield", email="dana@example.test")
    sickle = {"text": "sickle cell disease", "status": "reported"}
    zoe = home.start(dana, MS, first_name="Zoe", last_name="Whitfield", date_of_birth=home.born(7))
    fill(zoe, home.mississippi_answers("Hinds", [sickle]), by=dana)
    home.send(zoe, dana, now - timedelta(days=345))
    zoe.refresh_from_db()
    home.with_code(zoe, staff["mo"], sickle | {"icd10": "D57.1", "status": "confirmed"})
    home.decide_as_recommended(zoe, staff["mo"], staff["sue"], now - timedelta(days=338))
    home.read_decision(zoe, dana)


def _tess_and_joe(staff: dict[str, User], now: datetime) -> None:
    """Tess is 18 and in charge of her own record; her father Joe's authority ended on her birthday."""
    joe = home.open_family_account("joe", "Joe Archuleta")
    tess = home.open_family_account("tess", "Tess Archuleta")
    diabetes = {"text": "type 1 diabetes", "status": "reported"}
    application = home.start(
        joe,
        NM,
        first_name="Tess",
        last_name="Archuleta",
        date_of_birth=home.born(18, days=12),
    )
    child, household = application.child, application.household
    guardian = families.add_guardian(
        household=household,
        user=tess,
        first_name="Tess",
        last_name="Archuleta",
        by=staff["ida"],
    )
    families.put_youth_in_charge(
        guardian=guardian, child=child, starts_on=child.birthday(18), by=staff["ida"]
    )
    told = home.new_mexico_answers(
        "Santa Fe",
        [diabetes],
        contact={
            "phone": "505-555-0146",
            "preferred_channel": "letter",
            "safe_to_text": "yes",
            "safe_to_leave_voicemail": "no",
        },
    )
    fill(application, told, by=tess)
    home.send(application, tess, now - timedelta(days=4))
