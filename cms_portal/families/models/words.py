"""The words people choose among."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """Languages people speak with us; written notices exist in English and Spanish."""

    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")
    NAVAJO = "nv", _("Diné (Navajo)")
    KERES = "kee", _("Keres")
    TEWA = "tew", _("Tewa")
    TIWA = "twf", _("Tiwa")
    TOWA = "tow", _("Towa (Jemez)")
    ZUNI = "zun", _("Zuni")
    APACHE = "apm", _("Apache")
    ASL = "ase", _("American Sign Language")
    CHOCTAW = "cho", _("Choctaw")
    VIETNAMESE = "vi", _("Vietnamese")
    CHINESE = "zh", _("Chinese")
    ARABIC = "ar", _("Arabic")
    FRENCH = "fr", _("French")
    GERMAN = "de", _("German")
    KOREAN = "ko", _("Korean")
    TAGALOG = "tl", _("Tagalog")
    RUSSIAN = "ru", _("Russian")
    HINDI = "hi", _("Hindi")
    JAPANESE = "ja", _("Japanese")
    OTHER = "other", _("Another language")


class WrittenLanguage(models.TextChoices):
    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")


class InterpreterMode(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By phone")
    VIDEO = "video", _("By video")


class Sex(models.TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    OTHER = "other", _("Another answer")


class Race(models.TextChoices):
    """What people call themselves; optional, several may be true, and never proof of anything."""

    AMERICAN_INDIAN = "american_indian", _("American Indian or Alaska Native")
    ASIAN = "asian", _("Asian")
    BLACK = "black", _("Black or African American")
    MIDDLE_EASTERN = "middle_eastern", _("Middle Eastern or North African")
    PACIFIC_ISLANDER = "pacific_islander", _("Native Hawaiian or Pacific Islander")
    WHITE = "white", _("White")
    OTHER = "other", _("Another answer")


class Ethnicity(models.TextChoices):
    HISPANIC = "hispanic", _("Hispanic, Latino or Latina")
    NOT_HISPANIC = "not_hispanic", _("Not Hispanic, Latino or Latina")


class Channel(models.TextChoices):
    EMAIL = "email", _("Email")
    TEXT = "text", _("Text message")
    LETTER = "letter", _("Letter")
    VOICE = "voice", _("Phone call")
