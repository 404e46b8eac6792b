from __future__ import annotations

import pytest

from care import errors

REFUSALS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, errors.Refusal)
]


@pytest.mark.parametrize("kind", REFUSALS)
def test_the_docstring_of_a_refusal_is_its_message(kind: type[errors.Refusal]) -> None:
    assert str(kind()) == kind.__doc__


def test_a_refusal_can_say_more() -> None:
    assert str(errors.NotFound("Gone since yesterday.")) == "Gone since yesterday."


def test_a_fault_of_the_database_says_that_it_passes() -> None:
    assert "later" in str(errors.StorageUnavailable())
