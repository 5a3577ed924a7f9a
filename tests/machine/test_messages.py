"""Every marked text is found, and none is without good Spanish."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command

from cms_portal.ui.catalogues import areas, faults
from cms_portal.ui.catalogues.areas import Area
from cms_portal.ui.catalogues.catalogue import read, update
from cms_portal.ui.catalogues.compiling import compile_all
from cms_portal.ui.catalogues.extraction import (
    Text,
    Unreadable,
    texts_of_python,
    texts_of_template,
)


@pytest.fixture
def area(tmp_path, monkeypatch) -> Area:
    """An app "camp" with one page and one Python file."""
    monkeypatch.setattr(areas, "TEMPLATES", tmp_path / "templates")
    app = Area("camp", tmp_path / "camp")
    monkeypatch.setattr(areas, "areas", lambda: (app,))
    monkeypatch.setattr(faults, "areas", lambda: (app,))
    write(tmp_path / "templates/camp/page.html", "{% translate 'Send' %}")
    write(
        tmp_path / "camp/views.py",
        "from django.utils.translation import gettext as _\nx = _('Hello, %(name)s')\n",
    )
    return app


def write(path: Path, words: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words)
    return path


def translate(area: Area, **spanish: str) -> None:
    """Fill an area's catalogue; the keys begin like the English."""
    catalogue = read(area)
    for beginning, words in spanish.items():
        next(e for e in catalogue if e.msgid.startswith(beginning)).msgstr = words
    catalogue.save()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("gettext('a')", Text("a")),
        ("soon('a' 'b')", Text("ab")),
        ("ngettext('a', 'b', 3)", Text("a", None, "b")),
        ("pgettext_lazy('decision', 'a')", Text("a", "decision")),
        ("npgettext('rights', 'a', 'b', 3)", Text("a", "rights", "b")),
        ("_('a')", Text("a")),
    ],
)
def test_texts_are_found_in_python(tmp_path, source, expected):
    path = write(
        tmp_path / "x.py",
        "from django.utils.translation import gettext, gettext_lazy as soon, ngettext\n"
        "from django.utils.translation import npgettext, pgettext_lazy\n" + source,
    )
    assert list(texts_of_python(path)) == [expected]


def test_a_text_that_a_rule_marks_is_about_a_decision(tmp_path):
    path = write(
        tmp_path / "eligibility/rules/age.py", "from x import _\nunknown(_('We do not know.'))"
    )
    assert list(texts_of_python(path)) == [Text("We do not know.", "decision")]


def test_words_chosen_at_run_time_are_not_texts_of_their_own(tmp_path):
    path = write(
        tmp_path / "x.py",
        "from django.utils.translation import gettext, pgettext\n"
        "gettext(finding.message)\npgettext('decision', words)\nother('a')",
    )
    assert list(texts_of_python(path)) == []


def test_a_text_glued_together_in_code_is_refused_with_its_place(tmp_path):
    path = write(tmp_path / "x.py", "\n_(f'Hello {name}')")
    with pytest.raises(Unreadable, match=r"x\.py:2: a marked text must be one plain string"):
        list(texts_of_python(path))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% translate "It\'s 100% free" %}', Text("It's 100%% free")),
        ('{% translate "a" context "rights" as x %}', Text("a", "rights")),
        ('{% if x %}{% for y in x %}{% trans "a" %}{% endfor %}{% endif %}', Text("a")),
        ("{% blocktranslate trimmed %}\n  Hi\n  {{ name }}\n{% endblocktranslate %}", Text("Hi %(name)s")),
        (
            "{% blocktranslate count n=x %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
            Text("%(n)s day", None, "%(n)s days"),
        ),
        ('{% blocktranslate context "decision" %}a{% endblocktranslate %}', Text("a", "decision")),
        ('{% include "x.html" with label=_("Send it") only %}', Text("Send it")),
        ('{{ _("a")|upper }}', Text("a")),
    ],
)  # fmt: skip
def test_texts_are_found_in_templates(tmp_path, source, expected):
    assert list(texts_of_template(write(tmp_path / "x.html", source))) == [expected]


def test_a_variable_in_a_template_is_no_text(tmp_path):
    assert list(texts_of_template(write(tmp_path / "x.html", "{% translate label %}"))) == []


def test_a_broken_template_is_named(tmp_path):
    with pytest.raises(Unreadable, match=r"x\.html"):
        list(texts_of_template(write(tmp_path / "x.html", "{% if %}")))


def test_a_new_text_waits_for_its_spanish(area):
    assert update(area)
    assert list(faults.find_faults(area)) == [
        "camp: “Hello, %(name)s” lacks Spanish",
        "camp: “Send” lacks Spanish",
    ]
    translate(area, Hello="Hola, %(name)s", Send="Enviar")
    assert list(faults.find_faults(area)) == []
    assert not update(area)


def test_before_the_first_update_each_text_is_called_missing(area):
    assert list(faults.find_faults(area))[1] == (
        "camp: “Send” is not in the catalogue; run: make messages"
    )


def test_a_lost_placeholder_is_found(area):
    update(area)
    translate(area, Hello="Hola", Send="Enviar")
    assert list(faults.find_faults(area)) == [
        "camp: “Hello, %(name)s” has other placeholders or tags in Spanish"
    ]


def test_a_text_that_is_gone_leaves_the_catalogue(area):
    update(area)
    translate(area, Hello="Hola, %(name)s", Send="Enviar")
    (area.folder / "views.py").write_text("")
    assert list(faults.find_faults(area)) == [
        "camp: “Hello, %(name)s” is obsolete; run: make messages"
    ]
    update(area)
    assert [entry.msgid for entry in read(area)] == ["Send"]


def test_a_changed_sentence_keeps_its_spanish_until_somebody_looks(area):
    update(area)
    translate(area, Hello="Hola, %(name)s", Send="Enviar")
    (area.folder / "views.py").write_text("_('Hello %(name)s')")
    update(area)
    entry = read(area).find("Hello %(name)s")
    assert (entry.msgstr, entry.fuzzy) == ("Hola, %(name)s", True)
    assert "marked fuzzy" in next(iter(faults.find_faults(area)))


def test_two_spanish_wordings_of_one_text_are_found(area, monkeypatch):
    other = Area("fair", area.folder.with_name("fair"))
    monkeypatch.setattr(faults, "areas", lambda: (area, other))
    for one, spanish in ((area, "Enviar"), (other, "Mandar")):
        catalogue = polib.POFile()
        catalogue.append(polib.POEntry(msgid="Send", msgstr=spanish))
        one.catalogue.parent.mkdir(parents=True)
        catalogue.save(str(one.catalogue))
    assert list(faults.find_disputes()) == ["camp and fair: “Send” has two Spanish wordings"]


@pytest.mark.parametrize("context", ["rights", "decision"])
def test_a_text_about_rights_or_a_decision_needs_a_translators_name_and_date(area, context):
    write(area.folder / "views.py", f"pgettext('{context}', 'You may appeal.')".join(
        ["from django.utils.translation import pgettext\n", "\n"]
    ))  # fmt: skip
    update(area)
    translate(area, You="Usted puede apelar.")
    assert list(faults.find_unreviewed()) == [
        f"camp: “You may appeal.” ({context}) is not reviewed"
    ]
    catalogue = read(area)
    catalogue.find("You may appeal.").tcomment = "reviewed: Example Translator, 2026-02-03"
    catalogue.save()
    assert list(faults.find_unreviewed()) == []
    assert not update(area), "a review outlives an update"


def test_a_catalogue_is_compiled_when_it_is_newer(area, tmp_path):
    update(area)
    translate(area, Send="Enviar")
    assert compile_all(tmp_path) == 1
    assert compile_all(tmp_path) == 0
    compiled = polib.mofile(str(area.catalogue.with_suffix(".mo")))
    assert {entry.msgid: entry.msgstr for entry in compiled} == {"Send": "Enviar"}


def test_the_command_names_each_fault_and_fails(area, monkeypatch, capsys):
    monkeypatch.setattr("cms_portal.ui.management.commands.messages.areas", lambda: (area,))
    with pytest.raises(CommandError, match="2 texts need work"):
        call_command("messages", check=True)
    assert "camp: “Send”" in capsys.readouterr().out
