"""The family of errors that the core raises.

Messages say what went wrong and where, never a value that was read.
"""

from __future__ import annotations

#: What libraries raise on content they did not expect. A scan's own time-out is none of these.
CONTENT_ERRORS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BufferError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


class RgpdError(Exception):
    """Base of every error of the core."""


class Unreadable(RgpdError):
    """The content could not be read, or not all of it.

    ``problem`` is a machine key of :data:`ckanext.rgpd.core.types.PROBLEMS`;
    ``place`` says where reading stopped (a sheet, a page, a row).
    """

    def __init__(self, problem: str, place: str = "") -> None:
        super().__init__(f"{problem}: {place}" if place else problem)
        self.problem = problem
        self.place = place


class InvalidAnswer(RgpdError):
    """A declaration holds an answer that is not one of the possible ones.

    ``field`` names the question; the answer itself is not repeated.
    """

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(f"{field}: expected {expected}")
        self.field = field
        self.expected = expected
