"""What the core refuses; the docstring of each class is its message."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - an answer of the core, not a fault
    """That is not possible."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or type(self).__doc__)


OUR_FAULTS = (Refusal, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What one row that is not as we think may raise; not what a database that is away does."""


class UnknownInvite(Refusal):
    """This invite is unknown, used or expired."""


class TooManyTries(Refusal):
    """Too many links that open nothing were tried from this chat; in an hour it may try again."""


class AlreadyJoined(Refusal):
    """This chat has joined already."""


class InvalidCode(Refusal):
    """A patient code is 1 to 12 letters, digits and hyphens."""


class CodeTaken(Refusal):
    """This patient code is in use."""


class NotYours(Refusal):
    """This belongs to somebody else."""


class NotFound(Refusal):
    """This does not exist any more."""


class DayLocked(Refusal):
    """This day is closed."""


class InvalidAnswer(Refusal):
    """This is no answer to that question."""


class InThePast(Refusal):
    """This time is already over."""


class LastLead(Refusal):
    """The last lead of a team stays."""


class NotScheduled(Refusal):
    """This session is not scheduled any more."""


class WordsRefused(Refusal):
    """These words cannot be kept."""


class NameEmpty(WordsRefused):
    """A name needs at least one letter or digit."""


class NameTooLong(WordsRefused):
    """A name is too long for a button."""


class NameTaken(WordsRefused):
    """This name is on the list already."""


class WordsTooLong(WordsRefused):
    """These words are too long."""


class AnswerTooLong(Refusal):
    """An answer to a patient goes in one message."""


class ListFull(Refusal):
    """There is no room for one more on this list."""


class AlreadyHandled(Exception):  # noqa: N818 - no fault: the effect is there already
    """This update was handled before; nothing of it was written again."""


class StorageUnavailable(Exception):  # noqa: N818 - a fault, but one that passes
    """The database is locked, full or away; the same thing may work later."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)
