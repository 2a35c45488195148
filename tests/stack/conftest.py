"""The stack's own code is a package in scripts/, which no project installs."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from stack.instance import Instance, prepare  # noqa: E402


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    """An instance of its own that never ran; everything of it is below the test's folder."""
    made = Instance(dir=tmp_path / "instance")
    made.marks["reach"] = str(tmp_path)
    prepare(made)
    return made
