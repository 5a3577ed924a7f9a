""" "Could my child get help?": a few questions, an answer for each service, and nothing kept."""

from eligibility.screening.course import MOST_QUESTIONS, Screening, begin, question, resume
from eligibility.screening.questions import Question

__all__ = ["MOST_QUESTIONS", "Question", "Screening", "begin", "question", "resume"]
