"""Fixtures for the tests of every service; `pytest_plugins = ["servicekit.testing.plugin"]`."""
