"""What signing in leaves behind is forgotten after its time, and not before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from cms_portal.accounts.models import SentCode
from tests.accounts.people import ask_for_code, newest_code, type_code

pytestmark = pytest.mark.django_db


def test_a_code_that_works_stays(client, rosa):
    ask_for_code(client, rosa.email)

    call_command("forget_codes", verbosity=0)

    assert type_code(client, newest_code()).status_code == 302


def test_a_dry_run_deletes_nothing(client, rosa, capsys):
    ask_for_code(client, rosa.email)
    tomorrow = (timezone.now() + timedelta(days=2)).date()

    call_command("forget_codes", "--dry-run", on=tomorrow)

    assert SentCode.objects.count() == 1
    assert "1 codes." in capsys.readouterr().out


def test_after_a_day_it_is_gone_and_a_second_run_finds_nothing(client, rosa, capsys):
    ask_for_code(client, rosa.email)
    day = (timezone.now() + timedelta(days=2)).date()
    call_command("forget_codes", on=day)

    call_command("forget_codes", on=day)

    assert not SentCode.objects.exists()
    assert "0 codes." in capsys.readouterr().out
