"""What can be wrong with a request to the help desk."""

from servicekit.errors import Conflict, Invalid, NotFound


class TicketNotFound(NotFound):
    message = "The help desk has no ticket {ticket_id}."


class AttachmentNotFound(NotFound):
    message = "Ticket {ticket_id} has no such attachment."


class TicketExists(Conflict):
    code = "TICKET_EXISTS"
    message = "The help desk already has a ticket {ticket_id}."


class StaleRevision(Conflict):
    code = "STALE_REVISION"
    message = "Ticket {ticket_id} is at revision {revision} by now."


class FileTooLarge(Invalid):
    code = "FILE_TOO_LARGE"
    status = 413
    message = "A file may have at most {limit_bytes} bytes."


class FileRefused(Invalid):
    code = "FILE_REFUSED"
