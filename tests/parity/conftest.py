"""One fixture runs a test on every engine."""

from __future__ import annotations

import pytest

from tests.parity.engines import ENGINES, Engine


@pytest.fixture(scope="session", params=ENGINES, ids=lambda engine: engine.name)
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.param
    return found
