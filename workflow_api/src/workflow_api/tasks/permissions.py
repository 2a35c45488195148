"""Who may read tasks and tickets at all; which ones is the selectors' business."""

from servicekit.auth.permissions import SignedIn, scoped

ReadsTasks = scoped("tasks:read", SignedIn)
ReadsTickets = scoped("tickets:read", SignedIn)
