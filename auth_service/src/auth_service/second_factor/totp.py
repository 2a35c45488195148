"""Codes of an authenticator app: 30 s steps, one step of drift either way."""

import hmac
import io
from datetime import datetime

import pyotp
import segno

STEP_S = 30
DRIFT = (0, -1, 1)
ISSUER = "Ticket Tracking"


def new_secret() -> str:
    """A secret of 160 bits in base32."""
    return pyotp.random_base32(32)


def uri(secret: str, *, username: str) -> str:
    """What an app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)


def qr_svg(text: str) -> str:
    """A QR code as an SVG element."""
    image = io.BytesIO()  # with its namespace: as the source of an image it is no part of a page
    segno.make(text, error="m").save(
        image, kind="svg", xmldecl=False, nl=False, scale=5, border=4, light="white"
    )
    return image.getvalue().decode()


def step_of(code: str, *, secret: str, at: datetime) -> int | None:
    """The time step that a code belongs to, None for a wrong one; every step costs the same."""
    now = int(at.timestamp()) // STEP_S
    totp = pyotp.TOTP(secret)
    found = None
    for step in (now + drift for drift in DRIFT):
        if hmac.compare_digest(totp.generate_otp(step).encode(), code.encode()):
            found = step
    return found
