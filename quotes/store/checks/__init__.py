"""A database → everything that is wrong with it, by named checks; and the repair of what is computed from the rest.

In: an engine and the rules of the stages that read. Out: problems, each with the name of its check; none means that
every quote is verbatim, whole and linked. `CHECKS` lists what is proved, `NOT_PROVED` what cannot be.
"""

from __future__ import annotations

from quotes.store.checks.proof import Problem, Rules
from quotes.store.checks.run import CHECKS, NOT_PROVED, check, repair

__all__ = ["CHECKS", "NOT_PROVED", "Problem", "Rules", "check", "repair"]
