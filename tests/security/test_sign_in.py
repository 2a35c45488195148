"""Guessing passwords, finding out names, refreshing twice: what an attacker tries at the door."""

import statistics
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import httpx
from conftest import PASSWORD, People
from running import System


def _new_name(people: People) -> str:
    user_id, _ = people.made()
    name: str = people.system.admin.get(f"/auth/api/v1/users/{user_id}/")["username"]
    return name


def _try(http: httpx.Client, name: str, password: str, **headers: str) -> httpx.Response:
    body = {"username": name, "password": password}
    return http.post("/auth/token/", json=body, headers=headers)


def test_another_address_in_a_header_does_not_unlock(people: People) -> None:
    name, http = _new_name(people), people.system.anonymous()
    tries = [
        _try(http, name, "wrong", **{"X-Forwarded-For": f"10.1.1.{n}", "X-Real-IP": f"10.1.1.{n}"})
        for n in range(6)
    ]
    assert [each.status_code for each in tries] == [401] * 5 + [429]
    assert tries[5].json()["retry_after"] > 0


def test_other_spellings_of_a_name_share_the_lock(people: People) -> None:
    name, http = _new_name(people), people.system.anonymous()
    spellings = [name, name.upper(), f" {name}", f"{name} ", f"{name}@example.com"]
    statuses = [_try(http, each, "wrong").status_code for each in spellings]
    assert statuses == [401] * 5
    assert _try(http, name.title(), PASSWORD).status_code == 429


def test_thirty_guesses_at_once_are_counted_one_by_one(people: People) -> None:
    name, http = _new_name(people), people.system.anonymous()
    with ThreadPoolExecutor(15) as pool:
        statuses = list(pool.map(lambda _: _try(http, name, "wrong").status_code, range(30)))
    assert (statuses.count(401), statuses.count(429)) == (5, 25)


def test_a_known_and_an_unknown_name_answer_alike(people: People) -> None:
    http = people.system.anonymous()
    known = [_new_name(people) for _ in range(4)]
    unknown = [f"sec-{uuid.uuid4().hex[:10]}" for _ in range(4)]
    took: dict[str, list[float]] = {"known": [], "unknown": []}
    texts = set()
    for _ in range(4):
        for kind, names in (("known", known), ("unknown", unknown)):
            for name in names:
                started = time.perf_counter()
                answer = _try(http, name, "wrong-password-of-mine")
                took[kind].append(time.perf_counter() - started)
                assert answer.status_code == 401
                texts.add((answer.json()["error"], answer.json()["code"]))
    assert len(texts) == 1
    ratio = statistics.median(took["known"]) / statistics.median(took["unknown"])
    assert 0.6 < ratio < 1.7, took


def test_of_fifty_refreshes_at_once_one_wins_and_the_family_ends(
    system: System, people: People
) -> None:
    name, http = _new_name(people), system.anonymous()
    tokens = _try(http, name, PASSWORD).json()

    def refresh(_: int) -> int:
        answer = http.post("/auth/token/refresh/", json={"refresh": tokens["refresh"]})
        return answer.status_code

    with ThreadPoolExecutor(25) as pool:
        statuses = list(pool.map(refresh, range(50)))
    assert sorted(set(statuses)) == [200, 401]
    assert statuses.count(200) == 1
