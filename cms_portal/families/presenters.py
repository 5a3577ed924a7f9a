"""How the history of a family's record is told."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms_portal.access.roles import Permission
from cms_portal.audit.presenting import Presenter, Version, tells
from cms_portal.families.models import (
    Address,
    Assignment,
    Authority,
    Block,
    Child,
    Guardian,
    Household,
    HouseholdMembership,
    Merge,
    MergeMove,
    NotTheSame,
    Release,
    ReleaseWithdrawal,
)
from cms_portal.families.policies import ADDRESSES


@tells(Child)
class ChildPresenter(Presenter):
    unsaid = ("merged_into",)

    def name(self, row: Any) -> str:
        return _("the record of %(child)s") % {"child": row}


@tells(Household)
class HouseholdPresenter(Presenter):
    noun = gettext_lazy("the household")


@tells(Guardian)
class GuardianPresenter(Presenter):
    unsaid = ("household", "user")

    def name(self, row: Any) -> str:
        return str(row)


@tells(Address)
class AddressPresenter(Presenter):
    unsaid = ("household",)
    private = ("street", "unit", "city", "state", "zip_code", "directions")

    def name(self, row: Any) -> str:
        return _("the %(kind)s") % {"kind": row.get_kind_display().lower()}

    def open_to(self, viewer: Any, keys: Collection[Any]) -> set[Any]:
        return {
            key
            for permission in (Permission.HOUSEHOLD_VIEW, Permission.ADDRESS_VIEW_CONFIDENTIAL)
            for key in ADDRESSES.rows(viewer, permission)
            .filter(pk__in=keys)
            .values_list("pk", flat=True)
        }


@tells(HouseholdMembership)
class MembershipPresenter(Presenter):
    unsaid = ("child", "household")

    def name(self, row: Any) -> str:
        return _("a home of %(child)s") % {"child": row.child}


@tells(Authority)
class AuthorityPresenter(Presenter):
    unsaid = ("child", "guardian", "paper")

    def name(self, row: Any) -> str:
        return _("what %(guardian)s may do for %(child)s") % {
            "guardian": row.guardian,
            "child": row.child,
        }


@tells(Block)
class BlockPresenter(Presenter):
    unsaid = ("child", "user", "guardian", "paper")

    def name(self, row: Any) -> str:
        return _("the block of %(person)s") % {"person": row.guardian or row.user}


@tells(Assignment)
class AssignmentPresenter(Presenter):
    unsaid = ("child", "household", "reason")

    def name(self, row: Any) -> str:
        return _("who serves %(child)s") % {"child": row.child}

    def sentence(self, who: str, version: Version) -> str | None:
        row = version.row
        if version.before is not None:
            return None
        worker = getattr(row, "worker", None)
        served = {"who": who, "child": row.child, "office": row.office, "worker": worker}  # type: ignore[attr-defined]
        if worker:
            return _("%(who)s gave %(child)s to %(worker)s, %(office)s.") % served
        return _("%(who)s gave %(child)s to %(office)s.") % served


@tells(Release)
class ReleasePresenter(Presenter):
    noun = gettext_lazy("a release to another program")
    unsaid = ("child", "household", "to_program", "words")


@tells(ReleaseWithdrawal)
class ReleaseWithdrawalPresenter(Presenter):
    unsaid = ("release", "withdrawn_by", "withdrawn_at")

    def sentence(self, who: str, version: Version) -> str | None:
        return _("%(who)s took back a release to another program.") % {"who": who}


@tells(NotTheSame)
class NotTheSamePresenter(Presenter):
    noun = gettext_lazy("a mark that two children are not the same")
    unsaid = ("first", "second")


@tells(Merge)
class MergePresenter(Presenter):
    noun = gettext_lazy("the joining of two records")
    unsaid = ("winner", "loser", "kept_from_loser")


@tells(MergeMove)
class MergeMovePresenter(Presenter):
    noun = gettext_lazy("what was moved when two records were joined")
    unsaid = ("merge", "relation", "row", "column", "was", "became")
