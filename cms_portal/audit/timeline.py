"""The timeline's frame: kept versions and read events as sentences, in order.

Each app writes the sentences of its own models (`presenting.Presenter`); this arranges them.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms_portal.accounts.models import UserKind
from cms_portal.audit.models import AccessEvent
from cms_portal.audit.presenting import Presenter, Version, presenter_of
from cms_portal.audit.values import Reader

NOBODY: Mapping[int, str] = {}


@dataclass(frozen=True)
class Change:
    """One field of one version: what it is called, what it was, what it became."""

    label: str
    before: str
    after: str
    is_hidden: bool = False


@dataclass(frozen=True)
class Entry:
    """One thing that happened: who, what, when, why."""

    at: datetime
    who: str
    sentence: str
    reason: str = ""
    is_look: bool = False
    times: int = 1
    changes: list[Change] = field(default_factory=list)
    request_id: uuid.UUID | None = None


def entries(
    objects: Iterable[models.Model],
    viewer: Any,
    *,
    looks: bool = True,
    called: Mapping[int, str] | None = None,
) -> list[Entry]:
    """Return what happened to these rows, newest first, as far as `viewer` may read it.

    The caller has asked a policy for the rows. With `looks`, also who looked at them. `called` says
    what to call people, by their keys, who are more to these rows than their name tells.
    """
    told: list[Entry] = []
    for model, rows in _by_model(objects).items():
        told += changes_of(model, rows, viewer, called or {})
        if looks:
            told += looks_at(model, rows, called or {})
    return newest_first(told)


def newest_first(told: Iterable[Entry]) -> list[Entry]:
    return sorted(told, key=lambda entry: entry.at, reverse=True)


def changes_of(
    model: type[models.Model],
    rows: dict[Any, Any],
    viewer: Any,
    called: Mapping[int, str] = NOBODY,
) -> list[Entry]:
    """Return the kept versions of these rows of one model, the first of each row first."""
    presenter = presenter_of(model)
    fields = _fields_told(model, presenter)
    versions = _versions(model, rows)
    reader = Reader((version.kept, fields) for version in versions)
    open_rows = presenter.open_to(viewer, rows)
    told = (
        _entry(
            presenter,
            version,
            _changes(presenter, version, fields, reader, open_rows),
            name_of(version.kept.history_user, called),
        )
        for version in versions
    )
    return [entry for entry in told if entry is not None]


def looks_at(
    model: type[models.Model], rows: dict[Any, Any], called: Mapping[int, str] = NOBODY
) -> list[Entry]:
    """Return who looked at these rows."""
    presenter = presenter_of(model)
    events = AccessEvent.objects.filter(
        subject_type=model._meta.label_lower, subject_id__in=[str(key) for key in rows]
    ).select_related("actor")
    names = {str(key): presenter.name(row) for key, row in rows.items()}
    return [
        look(event, names[event.subject_id], who=name_of(event.actor, called)) for event in events
    ]


def look(event: AccessEvent, what: str, who: str = "") -> Entry:
    """Return one read event as an entry; `what`, and perhaps `who`, is how a sentence calls them."""
    who = who or name_of(event.actor)
    return Entry(
        at=event.at,
        who=who,
        sentence=_LOOKS[AccessEvent.Action(event.action)]() % {"who": who, "what": what},
        reason=event.reason,
        is_look=True,
        request_id=event.request_id,
    )


def folded(looks: Iterable[Entry]) -> list[Entry]:
    """Return looks, newest first, with those of one day in the same words told once, and counted."""
    days: dict[tuple[object, ...], Entry] = {}
    for entry in looks:
        key = (timezone.localdate(entry.at), entry.sentence, entry.reason)
        same = days.get(key)
        days[key] = replace(same, times=same.times + 1) if same else entry
    return list(days.values())


def name_of(person: Any, called: Mapping[int, str] = NOBODY) -> str:
    """Return how somebody who acted is called."""
    if person is None:
        return pgettext("who", "Somebody with a link")
    if person.pk in called:
        return called[person.pk]
    return pgettext("who", "The portal") if person.kind == UserKind.SYSTEM else str(person)


_LOOKS = {
    AccessEvent.Action.VIEW: lambda: _("%(who)s looked at %(what)s."),
    AccessEvent.Action.LIST: lambda: _("%(who)s saw %(what)s in a list."),
    AccessEvent.Action.SEARCH: lambda: _("%(who)s found %(what)s by a search."),
    AccessEvent.Action.DOWNLOAD: lambda: _("%(who)s opened %(what)s."),
    AccessEvent.Action.PRINT: lambda: _("%(who)s printed %(what)s."),
    AccessEvent.Action.LINK: lambda: _("%(who)s used a link to %(what)s."),
}


def _by_model(objects: Iterable[models.Model]) -> dict[type[models.Model], dict[Any, Any]]:
    grouped: dict[type[models.Model], dict[Any, Any]] = defaultdict(dict)
    for row in objects:
        grouped[type(row)][row.pk] = row
    return grouped


def _versions(model: Any, rows: dict[Any, Any]) -> list[Version]:
    key = model._meta.pk.attname
    kept = (
        model.history.filter(Q(**{f"{key}__in": list(rows)}))
        .select_related("history_user")
        .order_by("history_date", "history_id")
    )
    before: dict[Any, Any] = {}
    versions = []
    for version in kept:
        row_key = getattr(version, key)
        versions.append(Version(rows[row_key], version, before.get(row_key)))
        before[row_key] = version
    return versions


def _fields_told(model: Any, presenter: Presenter) -> list[models.Field]:
    skipped = {model._meta.pk.name, "program", *presenter.unsaid}
    return [
        field
        for field in model.history.model.tracked_fields
        if field.name not in skipped and field.editable
    ]


def _changes(
    presenter: Presenter,
    version: Version,
    fields: list[models.Field],
    reader: Reader,
    open_rows: set[Any],
) -> list[Change]:
    found = []
    for one in fields:
        before = getattr(version.before, one.attname) if version.before else None
        after = getattr(version.kept, one.attname)
        if before == after:
            continue
        hidden = one.name in presenter.private and version.row.pk not in open_rows
        was, became = (
            "" if hidden else _words(presenter, reader, one, value) for value in (before, after)
        )
        if hidden or was or became:
            label = str(presenter.labels.get(one.name, one.verbose_name))
            found.append(Change(label, was, became, hidden))
    return found


def _words(presenter: Presenter, reader: Reader, one: models.Field, value: Any) -> str:
    own = presenter.value(one.name, value)
    return reader.read(one, value) if own is None else own


def _entry(presenter: Presenter, version: Version, changes: list[Change], who: str) -> Entry | None:
    kept = version.kept
    if kept.history_type == "~" and not changes:
        return None  # saved again as it was: kept as evidence, not worth reading
    own = presenter.sentence(who, version)
    sentence = own or _sentence(who, presenter.name(version.row), kept.history_type, changes)
    is_told_whole = own is None and kept.history_type == "~" and len(changes) == 1
    return Entry(
        at=kept.history_date,
        who=who,
        sentence=sentence,
        reason=presenter.reason(version),
        changes=[] if is_told_whole else changes,
        request_id=kept.request_id,
    )


def _sentence(who: str, what: str, history_type: str, changes: list[Change]) -> str:
    if history_type == "+":
        return _("%(who)s added %(what)s.") % {"who": who, "what": what}
    if history_type == "-":
        return _("%(who)s removed %(what)s.") % {"who": who, "what": what}
    if len(changes) > 1:
        return _("%(who)s changed %(what)s.") % {"who": who, "what": what}
    return _changed(changes[0]) % {
        "who": who,
        "what": what,
        "label": changes[0].label,
        "before": changes[0].before,
        "after": changes[0].after,
    }


def _changed(change: Change) -> str:
    if change.is_hidden:
        return _("%(who)s changed %(what)s: %(label)s.")
    if not change.before:
        return _("%(who)s changed %(what)s: %(label)s is now “%(after)s”.")
    if not change.after:
        return _("%(who)s changed %(what)s: %(label)s, which was “%(before)s”, is empty now.")
    return _("%(who)s changed %(what)s: %(label)s from “%(before)s” to “%(after)s”.")
