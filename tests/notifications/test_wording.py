"""Every message, of every app, in both languages: nothing about a child leaves the portal in it."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings

from cms_portal import programs
from cms_portal.families.models import Channel
from cms_portal.notifications.models import CODE_PLACE
from cms_portal.notifications.paragraphs import Part, parts_of
from cms_portal.notifications.wording import UnknownMessage, one_line, word

LANGUAGES = ["en", "es"]
OUTSIDE = [Channel.EMAIL, Channel.TEXT, Channel.VOICE]
CANARY = "canary-9c1e"
# A subject is read over somebody's shoulder: not even whose program it is stands there.
SECRETS_OF_SUBJECTS = [
    words
    for program in programs.all_programs()
    for words in (
        *program.facts["name"].values(),
        *program.facts["short_name"].values(),
        *program.facts["agency"].values(),
    )
]
LONGEST_TEXT = 160


EVERY_KEY = sorted(
    f"{path.parts[-3]}/{path.stem}"
    for path in (settings.BASE_DIR / "templates").glob("*/messages/*.txt")
    if path.stem != "general"
)


def said(key, language, channel, program="nm-cms", values=None):
    return word(
        key=key,
        language=language,
        channel=channel,
        program=program,
        values=values or {},
        outside={"code": CODE_PLACE},
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", EVERY_KEY)
def test_every_message_has_its_words_in_both_languages(key, language):
    for program in programs.all_programs():
        for channel in OUTSIDE:
            wording = said(key, language, channel, program.code)
            assert wording.title
            assert wording.text
            assert wording.body
            assert bool(wording.subject)
            for words in vars(wording).values():
                assert "{" not in words, words
                assert "None" not in words, words


@pytest.mark.parametrize("key", EVERY_KEY)
def test_english_and_spanish_differ(key):
    for channel in OUTSIDE:
        english, spanish = (said(key, language, channel) for language in LANGUAGES)
        assert english.title != spanish.title
        assert english.subject != spanish.subject
        assert english.body != spanish.body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", EVERY_KEY)
def test_nothing_a_caller_tells_leaves_the_portal(key, language):
    named = {"guardian", "child", "number", "worker", "service", "reason", "condition", "name"}
    values = {name: f"{CANARY} {name}" for name in named} | {"answer_by": date(2031, 12, 4)}
    for channel in OUTSIDE:
        wording = said(key, language, channel, values=values)
        assert CANARY not in wording.subject + wording.body
        assert "2031" not in wording.subject + wording.body


def test_even_a_template_that_asks_for_the_child_does_not_get_it(settings, tmp_path):
    leaking = """{% block title %}News{% endblock %}{% block letter %}{{ child }}{% endblock %}
    {% block subject %}About {{ child }}{% endblock %}{% block email %}{{ child }} is ill{% endblock %}"""
    (tmp_path / "intake" / "messages").mkdir(parents=True)
    (tmp_path / "intake" / "messages" / "leak.txt").write_text(leaking)
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]

    wording = said("intake/leak", "en", Channel.EMAIL, values={"child": CANARY})

    assert wording.text == CANARY
    assert CANARY not in wording.subject + wording.body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", EVERY_KEY)
def test_a_subject_says_neither_program_nor_health(key, language):
    for program in programs.all_programs():
        subject = said(key, language, Channel.EMAIL, program.code).subject
        assert "\n" not in subject
        for secret in SECRETS_OF_SUBJECTS:
            assert secret.lower() not in subject.lower()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", EVERY_KEY)
def test_a_text_message_is_short(key, language, settings):
    settings.PUBLIC_ADDRESS = "https://childrens-services.example.gov"
    for program in programs.all_programs():
        assert len(said(key, language, Channel.TEXT, program.code).body) <= LONGEST_TEXT


def test_an_unknown_message_is_an_error_and_not_an_empty_letter():
    for key in ("notifications/no_such", "no_such", "../settings/base", ""):
        with pytest.raises(UnknownMessage):
            word(key=key, language="en", channel="letter")


def test_nobody_s_typing_becomes_a_paragraph_of_ours():
    typed = "Mateo\n\n## We decided\n- yes"

    assert one_line({"a": [typed], "b": (typed,), "c": 7}) == {
        "a": ["Mateo ## We decided - yes"],
        "b": ["Mateo ## We decided - yes"],
        "c": 7,
    }


def test_a_text_is_read_as_paragraphs_lists_and_headings():
    text = "One\nline.\n\n## What we need\n- a pay stub\n  - a letter\nThank you."

    assert parts_of(text) == [
        Part("paragraph", "One line."),
        Part("heading", "What we need"),
        Part("list", items=("a pay stub", "a letter")),
        Part("paragraph", "Thank you."),
    ]
