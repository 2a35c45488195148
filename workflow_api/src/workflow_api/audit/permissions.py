"""Who may read the trail."""

from servicekit.auth.permissions import IsAdmin, scoped

ReadsTrail = scoped("audit:read", IsAdmin)
