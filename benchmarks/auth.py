"""Sign-ins and token verifications a second, beside what the machine can do at all.

Sign-ins go over HTTP to the running Auth Service as the demo people; their ceiling is Argon2
hashes with our parameters on as many threads. Verifications run in this process through
`servicekit.auth.bearer.principal_of`, as in every service; their ceiling is the bare RS256
verification of the same token with `cryptography`. Both alternate in short turns, so that a busy
machine slows both alike. No request goes to Auth while tokens are verified.
Ends with 1 when the verification path is below 70 % of its ceiling.
"""

import argparse
import base64
import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import _stack
import django
import httpx
from argon2 import PasswordHasher
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

RESULTS = Path(__file__).resolve().parent / "results"
TARGET_RATIO = 0.70
TURN_S = 0.1
ADDRESSES = 60
PEOPLE = ("l1.ana", "l1.ben", "l1.cho", "l2.dee", "l2.eli", "asset.fay", "budget.gus")
ARGON2 = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@dataclass(frozen=True)
class Pair:
    """What we reach a second, what the bare operation reaches, and our share of it."""

    ours: float
    ceiling: float
    ratio: float


def verifications(token: str, document: dict[str, Any], *, seconds: float) -> Pair:
    """Measure the verification path of the services against the bare signature."""
    from servicekit.auth import bearer, keys  # noqa: PLC0415  # after Django is set up

    keys.keys.preload(document)
    kid = _header(token)["kid"]
    public = keys.keys.find(kid).key
    signed, _, signature = token.encode().rpartition(b".")
    raw = base64.urlsafe_b64decode(signature + b"==")
    scheme, digest = padding.PKCS1v15(), hashes.SHA256()
    assert isinstance(public, rsa.RSAPublicKey)
    return _alternating(
        lambda: bearer.principal_of(token),
        lambda: public.verify(raw, signed, scheme, digest),
        seconds=seconds,
    )


def sign_ins(url: str, *, password: str, callers: int, seconds: float) -> Pair:
    """Measure sign-ins over HTTP against Argon2 hashes, both with so many callers at once."""
    turn = count()
    with httpx.Client(base_url=url, timeout=30) as client:

        def sign_in() -> None:
            now = next(turn)
            body = {"username": PEOPLE[now % len(PEOPLE)], "password": password}
            answer = client.post("/token/", json=body, headers=_from(now))
            answer.raise_for_status()

        ours = _with_callers(sign_in, callers=callers, seconds=seconds)
    kept = ARGON2.hash(password)
    ceiling = _with_callers(lambda: ARGON2.verify(kept, password), callers=callers, seconds=seconds)
    return Pair(ours=ours, ceiling=ceiling, ratio=ours / ceiling)


def _from(turn: int) -> dict[str, str]:
    """As the gateway would forward a call: of many addresses, below the limit of each."""
    return {"X-Forwarded-For": f"10.99.0.{turn % ADDRESSES + 1}"}


def _alternating(ours: Callable[[], object], bare: Callable[[], object], *, seconds: float) -> Pair:
    """Return medians over pairs of short turns; the share is that of neighbours in time."""
    gc.collect()
    gc.freeze()
    pairs = [(_rate(ours), _rate(bare)) for _ in range(max(3, int(seconds / (2 * TURN_S))))]
    return Pair(
        ours=statistics.median(mine for mine, _ in pairs),
        ceiling=statistics.median(theirs for _, theirs in pairs),
        ratio=statistics.median(mine / theirs for mine, theirs in pairs),
    )


def _rate(work: Callable[[], object]) -> float:
    done, began = 0, time.perf_counter()
    while time.perf_counter() - began < TURN_S:
        for _ in range(100):
            work()
        done += 100
    return done / (time.perf_counter() - began)


def _with_callers(work: Callable[[], object], *, callers: int, seconds: float) -> float:
    work()
    began = time.perf_counter()

    def repeat() -> int:
        done = 0
        while time.perf_counter() - began < seconds:
            work()
            done += 1
        return done

    with ThreadPoolExecutor(callers) as pool:
        done = sum(each.result() for each in [pool.submit(repeat) for _ in range(callers)])
    return done / (time.perf_counter() - began)


def _header(token: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(token.partition(".")[0] + "=="))
    return found


def running() -> tuple[str, str]:
    """Return the running Auth Service's address and the demo password. Raises NotRunning."""
    done = subprocess.run(  # noqa: S603  # our own script
        [_stack.ROOT / "scripts" / "status", "--json"], capture_output=True, text=True, check=False
    )
    try:
        state = json.loads(done.stdout)
        return str(state["services"]["auth"]), str(state["password"])
    except (ValueError, KeyError, TypeError) as exc:
        raise _stack.NotRunning(done.stderr.strip() or "scripts/status tells nothing") from exc


def set_up(auth_url: str) -> None:
    """Be a service that verifies: the Workflow API's settings, and no database in reach."""
    nowhere = "127.0.0.1:9"
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "workflow_api.settings",
        "TTS_PROFILE": "local",
        "SECRET_KEY": "a key for a process that keeps no secret 0123456789",
        "DATABASE_URL": f"postgresql://nobody@{nowhere}/nothing",
        "AMQP_URL": f"amqp://nobody@{nowhere}//",
        "REDIS_URL": f"redis://{nowhere}/0",
        "AUTH_URL": auth_url,
        "AUTH_JWKS_URL": f"{auth_url}/.well-known/jwks.json",
        "PUBLIC_URL": "http://127.0.0.1:1000",
        "PUBLIC_PREFIX": "/workflow",
    }
    django.setup()
    from servicekit.auth.revoked import revocations  # noqa: PLC0415  # after Django is set up

    revocations.forget(fresh_for_s=3600)


def report(signing: Pair, verifying: Pair, *, callers: int) -> str:
    """Say both pairs in a few lines."""
    return "\n".join(
        [
            f"sign-ins         {signing.ours:9.1f}/s of {signing.ceiling:9.1f} Argon2 hashes/s"
            f"  ({signing.ratio:.0%}, {callers} callers)",
            f"verifications    {verifying.ours:9.0f}/s of {verifying.ceiling:9.0f} RS256/s"
            f"  ({verifying.ratio:.1%}; at least {TARGET_RATIO:.0%})",
        ]
    )


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="scripts/bench auth", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0, help="for each measurement")
    parser.add_argument("--callers", type=int, default=4, help="sign-ins at a time")
    parser.add_argument("--url", help="of an Auth Service that scripts/up did not start")
    parser.add_argument("--password", default="Demo-Passw0rd!", help="of its demo people")
    parser.add_argument("--no-file", action="store_true", help="print only")
    return parser.parse_args()


def main() -> int:
    """Measure, print, keep the result; 1 when verification is too slow."""
    wanted = arguments()
    try:
        url, password = (wanted.url, wanted.password) if wanted.url else running()
    except _stack.NotRunning as exc:
        print(f"bench auth: {exc}", file=sys.stderr)
        return 2
    signing = sign_ins(url, password=password, callers=wanted.callers, seconds=wanted.seconds)
    first = httpx.post(f"{url}/token/", json={"username": PEOPLE[0], "password": password})
    document = httpx.get(f"{url}/.well-known/jwks.json").json()
    set_up(url)
    verifying = verifications(first.json()["access"], document, seconds=wanted.seconds)
    print(report(signing, verifying, callers=wanted.callers))
    if not wanted.no_file:
        RESULTS.mkdir(exist_ok=True)
        kept = {"at": datetime.now(UTC).isoformat(), "sign_ins": asdict(signing)}
        kept |= {"verifications": asdict(verifying)}
        (RESULTS / f"auth-{datetime.now(UTC):%Y-%m-%d}.json").write_text(
            json.dumps(kept, indent=2) + "\n"
        )
    return 0 if verifying.ratio >= TARGET_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
