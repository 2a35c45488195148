from collections.abc import Iterator

import pytest
from running import System


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    """The running instance under test."""
    running = System.from_environment()
    yield running
    running.close()
