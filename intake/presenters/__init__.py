"""How the history of intake is told; each module registers the presenters of its models."""

from intake.presenters import applying, deciding, paper, reviewing

__all__ = ["applying", "deciding", "paper", "reviewing"]
