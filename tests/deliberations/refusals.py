"""An act that must be refused, by its code."""

import pytest

from common.errors import RuleViolation


def refused(code, act, *args, **kwargs):
    with pytest.raises(RuleViolation) as violation:
        act(*args, **kwargs)
    assert violation.value.code == code
