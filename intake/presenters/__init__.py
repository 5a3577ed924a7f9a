"""How the history of intake is told; each module registers the presenters of its models."""

from intake.presenters import applying, deciding, needing, paper, reviewing

__all__ = ["applying", "deciding", "needing", "paper", "reviewing"]
