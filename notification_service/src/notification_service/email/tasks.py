"""Messages that become mail."""

from servicekit.contracts import SendEmail
from servicekit.messaging import Delivery, consumes

from . import services
from .services import Wanted


@consumes(SendEmail)
def send_email(message: SendEmail, delivery: Delivery) -> None:
    """Queue a mail; the mailer sends it after the commit."""
    name = message.context.get("user_name", "")
    services.queue_mail(
        Wanted(
            to=message.to,
            name=name if isinstance(name, str) else "",
            notification_type=message.notification_type,
            context=message.context,
            source=delivery.message_id,
        ),
        at=delivery.received_at,
    )
