"""Writing definitions; every function is one transaction with the workflow's row locked."""

from .deployment import deploy, pause, resume
from .drafts import change_workflow, clone, create_workflow, delete_workflow
from .graphs import EdgeDraft, NodeDraft, SavedGraph, StaleGraph, save_graph
from .rows import CannotDeploy, HasTasks, NameTaken, SlaOutOfOrder, WrongStatus
from .seeding import NotInProduction, RolesMissing, missing_roles, seed_demo

__all__ = [
    "CannotDeploy",
    "EdgeDraft",
    "HasTasks",
    "NameTaken",
    "NodeDraft",
    "NotInProduction",
    "RolesMissing",
    "SavedGraph",
    "SlaOutOfOrder",
    "StaleGraph",
    "WrongStatus",
    "change_workflow",
    "clone",
    "create_workflow",
    "delete_workflow",
    "deploy",
    "missing_roles",
    "pause",
    "resume",
    "save_graph",
    "seed_demo",
]
