"""The rule library; importing it registers every rule."""

from . import ages, care, conditions, money, newborn, residence

__all__ = ["ages", "care", "conditions", "money", "newborn", "residence"]
