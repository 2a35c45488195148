"""What can be wrong with a request to the switches."""

from servicekit.errors import NotFound


class NoSuchSimulator(NotFound):
    message = "There is no simulator {name}, only {known}."
