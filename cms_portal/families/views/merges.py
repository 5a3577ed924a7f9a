"""One joining of two records: what it is, and the second person's word; or it is undone."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms_portal.access.roles import Permission
from cms_portal.access.views import ActionView, FormPage, ForStaff, ObjectPage
from cms_portal.families import actions
from cms_portal.families.comparing import fact_label, side_by_side
from cms_portal.families.forms.joining import ReasonForm
from cms_portal.families.models import Child, Merge
from cms_portal.families.policies import CHILDREN, MERGES


class OfMerge(ForStaff, ObjectPage):
    """A page about one merge, for whoever may join the record that stays."""

    policy, permission = MERGES, Permission.CHILD_MERGE
    child_of = "winner"

    def rows(self) -> Any:
        return Merge.objects.select_related("winner", "loser", "proposed_by")

    def _holds(self, permission: Permission) -> bool:
        return all(
            CHILDREN.allows(self.user, permission, child)
            for child in (self.object.winner, self.object.loser)
        )

    @cached_property
    def may_answer(self) -> bool:
        """Whether this person is the second one: reaches both records, may confirm, did not propose it."""
        is_another = self.object.proposed_by_id != self.user.pk
        return self.object.is_waiting and is_another and self._holds(Permission.CHILD_CONFIRM_MERGE)

    @cached_property
    def may_undo(self) -> bool:
        """Whether this person may part the records again: what took two people takes one who confirms."""
        needed = Permission.CHILD_CONFIRM_MERGE if self.object.needs_second else self.permission
        return self.object.is_in_force and self.may(needed)


class MergePage(OfMerge):
    """What was proposed or done: by whom, when, why, and what moved."""

    template_name = "families/merge.html"

    def page(self, **more: Any) -> dict[str, Any]:
        merge = self.object
        return super().page(
            merge=merge,
            seen=self._pair[0],
            compared=self._compared() if merge.is_waiting else [],
            columns=[
                _("What"),
                *(_("Stays") if one == merge.winner else _("Goes") for one in self._pair),
            ],
            taken=[fact_label(name) for name in merge.kept_from_loser],
            moved=self._moved() if merge.done_at else [],
            may_answer=self.may_answer,
            may_undo=self.may_undo,
            is_own=merge.is_waiting and merge.proposed_by_id == self.user.pk,
            **more,
        )

    @cached_property
    def _pair(self) -> tuple[Child, Child]:
        """The two children, the one first whom this person reaches."""
        pair = self.object.winner, self.object.loser
        reaches_first = CHILDREN.allows(self.user, Permission.CHILD_MERGE, pair[0])
        return pair if reaches_first else (pair[1], pair[0])

    def _compared(self) -> list[dict[str, Any]]:
        one, other = self._pair
        sees_other = CHILDREN.allows(self.user, Permission.CHILD_MERGE, other)
        lines = side_by_side(one, other, self.user, sees_other=sees_other)
        return [{"cells": line.cells()} for line in lines]

    def _moved(self) -> list[dict[str, Any]]:
        """Return how many rows of each kind moved."""
        names = {
            model._meta.db_table: capfirst(str(model._meta.verbose_name))
            for model in apps.get_models()
        }
        lines = self.object.moves.filter(undoes=False).exclude(relation="families_child")
        rows = set(lines.values_list("relation", "row"))
        counted = Counter(names[relation] for relation, _row in rows)
        return [{"label": name, "value": str(count)} for name, count in sorted(counted.items())]


class ConfirmMerge(OfMerge, ActionView):
    """The second person says that it is one child."""

    permission = Permission.CHILD_CONFIRM_MERGE

    def act(self, merge: Any) -> HttpResponse:
        if merge.is_waiting and not self.may_answer:
            raise PermissionDenied
        try:
            actions.confirm_merge(merge=merge, by=self.user)
        except actions.NotAllowedHere as why:
            messages.error(self.request, str(why))
        else:
            messages.success(self.request, _("The two records are one now. You can undo it."))
        return redirect("families:merge", pk=merge.pk)


class AnswerMerge(OfMerge, FormPage):
    """A form that says why, and goes back to the merge."""

    template_name = "families/answer_merge.html"
    form_class = ReasonForm
    heading: Any
    lead: Any
    button: Any
    done: Any

    def page(self, **more: Any) -> dict[str, Any]:
        return super().page(
            merge=self.object, heading=self.heading, lead=self.lead, button=self.button, **more
        )

    def act(self, form: Any) -> HttpResponse:
        try:
            self.answer_with(form.cleaned_data["reason"])
        except actions.NotAllowedHere as why:
            form.add_error(None, str(why))
            return self.answer(status=422, form=form)
        messages.success(self.request, self.done)
        return redirect("families:merge", pk=self.object.pk)

    def answer_with(self, reason: str) -> None:
        """Call the action with the reason."""


class DeclineMerge(AnswerMerge):
    """The second person says that it is not."""

    permission = Permission.CHILD_CONFIRM_MERGE
    heading = gettext_lazy("Decline to join the two records")
    lead = gettext_lazy("Both records stay as they are.")
    button = gettext_lazy("Decline")
    done = gettext_lazy("Declined. Both records stay as they are.")

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if self.object.is_waiting and not self.may_answer:
            raise PermissionDenied

    def answer_with(self, reason: str) -> None:
        actions.decline_merge(merge=self.object, by=self.user, reason=reason)


class UndoMerge(AnswerMerge):
    """Two children after all: the records are parted again."""

    heading = gettext_lazy("Part the two records again")
    lead = gettext_lazy(
        "Everything goes back to the record it came from. What was recorded since stays with this child."
    )
    button = gettext_lazy("Part them")
    done = gettext_lazy("The two records are apart again.")

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if self.object.is_in_force and not self.may_undo:
            raise PermissionDenied

    def answer_with(self, reason: str) -> None:
        actions.undo_merge(merge=self.object, by=self.user, reason=reason)
