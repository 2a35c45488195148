"""Every message between the services, typed once. Pure Python: no Django in here."""

from .message import MESSAGES, Message, UnsafeText, check_text
from .notifications import (
    AssignmentNotification,
    BulkCreateNotifications,
    CreateInappNotification,
    MarkNotificationRead,
    NotificationType,
    SendEmail,
)
from .roles import RoleSync, SeedWorkflows, SystemRole, SystemSlug, UserSystemRoleSync
from .tickets import (
    Priority,
    ReceiveTicket,
    TicketAttachment,
    TicketData,
    TicketProjection,
    TicketStatus,
    TicketSync,
)
from .tokens import TokensRevoked

__all__ = [
    "MESSAGES",
    "AssignmentNotification",
    "BulkCreateNotifications",
    "CreateInappNotification",
    "MarkNotificationRead",
    "Message",
    "NotificationType",
    "Priority",
    "ReceiveTicket",
    "RoleSync",
    "SeedWorkflows",
    "SendEmail",
    "SystemRole",
    "SystemSlug",
    "TicketAttachment",
    "TicketData",
    "TicketProjection",
    "TicketStatus",
    "TicketSync",
    "TokensRevoked",
    "UnsafeText",
    "UserSystemRoleSync",
    "check_text",
]
