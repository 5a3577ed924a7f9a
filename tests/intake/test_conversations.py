"""Who told a worker the answers, how, and through which interpreter."""

from __future__ import annotations

from django.urls import reverse

from intake.models import AnsweredPage, Channel, Conversation


def page_of(application, name="conversation"):
    return reverse(f"intake:{name}", args=[application.number])


SPEAKS = {
    "channel": "office",
    "spoke_with": "Abuela Carmen",
    "interpreting": "used",
    "language": "es",
    "mode": "phone",
    "interpreter": "No. 4711",
}


def test_an_interpreter_has_a_language_a_way_and_a_name(application, ida, signed_in):
    page = signed_in(ida).post(
        page_of(application, "conversation"), SPEAKS | {"interpreter": "", "mode": ""}
    )

    assert page.status_code == 422
    assert {"interpreter", "mode"} <= set(page.context["form"].errors)
    assert not Conversation.objects.exists()


def test_a_family_notes_no_conversation(application, rosa, signed_in):
    assert signed_in(rosa.user).get(page_of(application, "conversation")).status_code == 403


def test_answers_carry_who_spoke_and_how(application, ida, signed_in):
    signed_in(ida).post(page_of(application, "conversation"), SPEAKS)
    page = signed_in(ida).get(page_of(application, "phone"))
    assert "Abuela Carmen" in page.content.decode()
    fields = {
        "about-strengths": "sings",
        "about-shown": next(
            one["shown"] for one in page.context["sections"] if one["step"].key == "about"
        ),
    }

    signed_in(ida).post(page_of(application, "phone"), fields)

    said = AnsweredPage.objects.get(application=application, step="about")
    assert (said.said_name, said.channel) == ("Abuela Carmen", Channel.OFFICE)


def test_an_interpreter_offered_and_declined_is_kept(application, ida, signed_in):
    told = SPEAKS | {"interpreting": "declined", "language": "", "mode": "", "interpreter": ""}

    signed_in(ida).post(page_of(application, "conversation"), told)

    assert Conversation.objects.get().interpreting == "declined"
