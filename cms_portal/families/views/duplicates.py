"""Likely the same child: offered, compared, joined or told apart."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms_portal.access.roles import Permission
from cms_portal.access.views import ActionView, FormPage, ForStaff, PermittedPage
from cms_portal.audit.actions import note_access_to_many
from cms_portal.audit.models import AccessEvent
from cms_portal.families import actions
from cms_portal.families.comparing import differing_facts, side_by_side
from cms_portal.families.duplicates import Likeness, likely_same
from cms_portal.families.forms.joining import ApartForm, JoinForm
from cms_portal.families.models import Child, Merge, NotTheSame
from cms_portal.families.policies import CHILDREN, MARKS, MERGES
from cms_portal.families.views.child import ChildObjectPage
from cms_portal.families.views.frames import LeadsOn

# Whose facts changed in so many days are looked at, so many at once, the newest first.
LATELY, AT_ONCE = timedelta(days=30), 15


class Alike(ForStaff, ChildObjectPage):
    """The records that may be of the same child, those told apart, and what was joined."""

    template_name = "families/alike.html"
    permission = Permission.CHILD_MERGE

    def page(self, **more: Any) -> dict[str, Any]:
        likely = likely_same(self.object, user=self.user)
        _note(self, [one.child for one in likely])
        marks = MARKS.rows(self.user, Permission.CHILD_MERGE)
        joined = Merge.objects.filter(winner=self.object).exclude(declined_at__isnull=False)
        return super().page(
            rows=[offer(self.object, one) for one in likely],
            marks=[
                {"mark": mark, "other": _other(mark, self.object)}
                for mark in marks.standing()  # type: ignore[attr-defined]
                .about(self.object)
                .select_related("first", "second", "said_by")
            ],
            merges=joined.select_related("loser", "done_by", "proposed_by").order_by("-pk"),
            columns=[_("Likely the same"), _("Why"), _("Action")],
            **more,
        )


def offer(child: Child, one: Likeness) -> dict[str, Any]:
    """Return a likely duplicate as a row of a table."""
    born = date_format(one.child.date_of_birth, "SHORT_DATE_FORMAT")
    twin = _("May be a twin") if one.alike.is_likely_twin else ""
    hint = " · ".join(filter(None, [born, twin, "" if one.is_reached else one.office]))
    return {
        "cells": [
            {"text": one.child.full_name, "hint": hint},
            {"text": "; ".join(one.alike.reasons)},
            {
                "text": _("Compare"),
                "url": reverse("families:join", args=[child.pk, one.child.pk]),
            },
        ]
    }


def _other(mark: NotTheSame, child: Child) -> Child:
    return mark.second if mark.first_id == child.pk else mark.first


def _note(page: Any, children: list[Child]) -> None:
    """Keep that records were found because they look like another."""
    note_access_to_many(
        by=page.request.user,
        page=page.request.resolver_match.view_name,
        children=children,
        action=AccessEvent.Action.SEARCH,
    )


class PairPage(ForStaff, LeadsOn, FormPage):
    """A form about two children; the second is in reach or looks like the first, else it does not exist."""

    policy, permission = CHILDREN, Permission.CHILD_MERGE
    child_of = ""

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        other = Child.objects.not_merged().filter(pk=kwargs["other"])
        other = other.filter(program=self.object.program).exclude(pk=self.object.pk)
        self.other = get_object_or_404(other)
        self.sees_other = CHILDREN.allows(self.user, Permission.CHILD_MERGE, self.other)
        self.likeness = self._likeness()
        if not self.sees_other and self.likeness is None:
            raise Http404
        _note(self, [self.other])

    def _likeness(self) -> Likeness | None:
        likely = likely_same(self.object, user=self.user)
        return next((one for one in likely if one.child == self.other), None)

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(child=self.object, other=self.other, likeness=self.likeness, **more)


class Join(PairPage):
    """Two records side by side, and the words that make them one."""

    template_name = "families/join.html"
    form_class = JoinForm

    def form_arguments(self) -> dict[str, Any]:
        differing = differing_facts(self.object, self.other, sees_other=self.sees_other)
        return {"one": self.object, "other": self.other, "differing": differing}

    def page(self, **more: Any) -> dict[str, Any]:
        office = self.likeness.office if self.likeness else ""
        lines = side_by_side(
            self.object, self.other, self.user, sees_other=self.sees_other, office=office
        )
        return super().page(
            rows=[{"cells": line.cells()} for line in lines],
            columns=[_("What"), _("This record"), _("The other record")],
            why_two=self._why_two(),
            waiting=Merge.objects.waiting().of_pair(self.object, self.other).first(),
            **more,
        )

    def _why_two(self) -> list[str]:
        if not self.sees_other:
            return [_("The other record is served elsewhere, and you may not change it.")]
        today = self.request.program.today()  # type: ignore[attr-defined]
        return actions.why_two_people(self.object, self.other, today)

    def act(self, form: Any) -> HttpResponse:
        try:
            merge = actions.propose_merge(
                winner=form.winner,
                loser=form.loser,
                kept_from_loser=form.kept_from_loser,
                reason=form.cleaned_data["reason"],
                needs_second=not self.sees_other,
                by=self.user,
            )
        except actions.NotAllowedHere as why:
            form.add_error(None, str(why))
            return self.answer(status=422, form=form)
        if merge.is_waiting:
            messages.success(self.request, _("Proposed. A second person is asked to confirm it."))
            return redirect("families:child_record", pk=self.object.pk)
        messages.success(self.request, _("The two records are one now. You can undo it."))
        return redirect("families:merge", pk=merge.pk)


class TellApart(PairPage):
    """Twins, or two different children: not offered again."""

    template_name = "families/tell_apart.html"
    form_class = ApartForm

    def form_arguments(self) -> dict[str, Any]:
        is_twin = self.likeness is not None and self.likeness.alike.is_likely_twin
        kind = NotTheSame.Kind.TWINS if is_twin else NotTheSame.Kind.DIFFERENT
        return {"initial": {"kind": kind}}

    def act(self, form: Any) -> HttpResponse:
        actions.tell_apart(
            one=self.object,
            other=self.other,
            kind=form.cleaned_data["kind"],
            reason=form.cleaned_data["reason"],
            by=self.user,
        )
        messages.success(self.request, _("Noted. The two are not offered again."))
        return redirect("families:alike", pk=self.object.pk)


class TakeBackMark(ForStaff, ActionView):
    """The pair may be offered again."""

    policy, permission = MARKS, Permission.CHILD_MERGE
    child_of = "first"

    def act(self, mark: Any) -> HttpResponse:
        actions.take_back_mark(
            mark=mark,
            by=self.user,
            reason="taken back",
        )
        messages.success(self.request, _("Taken back. The two may be offered again."))
        seen = CHILDREN.allows(self.user, Permission.CHILD_MERGE, mark.first)
        return redirect("families:alike", pk=mark.first_id if seen else mark.second_id)


class LikelyDuplicates(ForStaff, PermittedPage):
    """For who confirms: what waits, whom of those changed lately another looks like, what was joined."""

    template_name = "families/duplicates.html"
    permission = Permission.CHILD_CONFIRM_MERGE

    def page(self, **more: Any) -> dict[str, Any]:
        merges: Any = MERGES.rows(self.user, Permission.CHILD_CONFIRM_MERGE)
        merges = merges.select_related("winner", "loser", "proposed_by", "done_by").order_by("-pk")
        lately = timezone.now() - LATELY
        return super().page(
            waiting=list(merges.waiting()[:AT_ONCE]),
            done=list(merges.in_force().filter(done_at__gte=lately)[:AT_ONCE]),
            groups=self._groups(lately),
            columns=[_("Likely the same"), _("Why"), _("Action")],
            **more,
        )

    def _groups(self, lately: Any) -> list[dict[str, Any]]:
        """Return the children changed lately who look like another, each pair once."""
        changed = Child.history.filter(history_date__gte=lately).order_by("-history_id")
        keys = list(dict.fromkeys(changed.values_list("id", flat=True)[: AT_ONCE * 20]))
        within = CHILDREN.rows(self.user, Permission.CHILD_CONFIRM_MERGE).in_bulk(keys)
        children = [within[key] for key in keys if key in within][:AT_ONCE]
        told: set[frozenset[int]] = set()
        found = []
        for child in children:
            likely = [
                one
                for one in likely_same(child, user=self.user)
                if frozenset([child.pk, one.child.pk]) not in told
            ]
            told |= {frozenset([child.pk, one.child.pk]) for one in likely}
            if likely:
                _note(self, [child, *(one.child for one in likely)])
                found.append({"child": child, "rows": [offer(child, one) for one in likely]})
        return found
