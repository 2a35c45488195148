"""Where the mail server is. Pure."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpAddress:
    """Where and how to reach the server, and who the sender is."""

    host: str
    port: int
    username: str = ""
    password: str = field(default="", repr=False)
    use_ssl: bool = False
    use_starttls: bool = False
    timeout_s: int = 15
    sender: str
