"""Stopping an instance: only what it started itself."""

from __future__ import annotations

from stack import supervisor
from stack.instance import Instance
from stack.say import note, stage


def down(instance: Instance) -> None:
    """Stop an instance: services first, then what they use."""
    if "reach" not in instance.marks:
        note("  nothing was ever started here")
        return
    with instance.lock(), stage("stopping"):
        if supervisor.is_running(instance):
            everything = set(supervisor.states(instance))
            outer = {"gateway"}
            inner = {"postgres", "rabbitmq", "redis", "mail"}
            supervisor.stop_all(instance, [outer, everything - outer - inner, inner])
        supervisor.end_orphans(instance)
