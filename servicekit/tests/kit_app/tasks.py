import os
import signal

from kit_app.contracts import Good, Other
from kit_app.models import Effect
from servicekit.messaging import Delivery, Outcome, Park, consumes


@consumes(Good)
def leave_effect(message: Good, delivery: Delivery) -> Outcome | None:
    Effect.objects.create(subject=message.subject)
    match message.boom:
        case "park":
            raise Park("ON_PURPOSE", "asked for")
        case "bug":
            raise ZeroDivisionError("a bug")
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "hang" if delivery.attempts == 1:
            signal.pause()  # until the worker is killed
        case "duplicate":
            return Outcome(outcome="duplicate", reason="seen before")
    return None


@consumes(Other)
def ignore(message: Other, delivery: Delivery) -> None:
    Effect.objects.create(subject="other")
