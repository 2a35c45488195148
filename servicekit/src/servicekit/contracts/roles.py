"""Auth → Workflow API: roles, people and who holds which role."""

from typing import ClassVar, Literal

from pydantic import AliasChoices, Field

from .message import Body, Message

SystemSlug = Literal["tts", "hdts", "ams", "bms"]


class RoleSync(Message):
    """A role was created, changed or retired. The highest `version` wins."""

    TASK: ClassVar[str] = "workflow.role.sync"
    QUEUE: ClassVar[str] = "tts.role.sync"
    ALSO_ON: ClassVar[tuple[str, ...]] = ("role_send-default",)
    ARG: ClassVar[str | None] = "role_data"

    role_id: int = Field(ge=1)
    name: str = Field(min_length=1, max_length=150)
    system: SystemSlug
    description: str = ""
    action: Literal["create", "update", "delete"] = "update"
    version: int = Field(ge=0)


class SystemRole(Body):
    """One role that a person holds in one system."""

    system: SystemSlug
    role_id: int = Field(ge=1)
    role_name: str = Field(
        min_length=1, max_length=150, validation_alias=AliasChoices("role_name", "role", "name")
    )
    is_active: bool = True


class UserSystemRoleSync(Message):
    """A person with all roles that they hold in all systems. The highest `version` wins."""

    TASK: ClassVar[str] = "workflow.user_system_role.sync"
    QUEUE: ClassVar[str] = "tts.user_system_role.sync"
    ALSO_ON: ClassVar[tuple[str, ...]] = ("role_send-default",)
    ARG: ClassVar[str | None] = "user_data"

    user_id: int = Field(ge=1)
    username: str = Field(min_length=1, max_length=150)
    email: str = Field(default="", max_length=254)
    full_name: str = Field(default="", max_length=300)
    is_active: bool = True
    system_roles: list[SystemRole] = Field(default_factory=list)
    version: int = Field(ge=0)


class SeedWorkflows(Message):
    """An operator asks for the demo workflows."""

    TASK: ClassVar[str] = "workflow.seed"
    QUEUE: ClassVar[str] = "workflow_seed"
    ALSO_ON: ClassVar[tuple[str, ...]] = ("workflow_seed_queue",)
