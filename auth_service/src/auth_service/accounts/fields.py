"""What a name, an address, a phone number, a time zone and a language may look like."""

import re
import zoneinfo
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from servicekit.mail import mail_address

PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{2,30}", re.ASCII)
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", re.ASCII)


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("Control characters are not allowed.")
    return text


def _phone(number: str) -> str:
    if number and not PHONE.fullmatch(number):
        raise ValueError("Enter a phone number such as +49 30 123456.")
    return number


def _time_zone(name: str) -> str:
    if name not in _time_zones():
        raise ValueError("Enter an IANA time zone such as Europe/Berlin.")
    return name


def _language(tag: str) -> str:
    if not LANGUAGE.fullmatch(tag):
        raise ValueError("Enter a language tag such as en or pt-BR.")
    return tag


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


Username = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=150)]
Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=3, max_length=254),
    AfterValidator(mail_address),
]
PersonName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=150),
    AfterValidator(_one_line),
]
Phone = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=32), AfterValidator(_phone)
]
TimeZone = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=64), AfterValidator(_time_zone)
]
Language = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=35), AfterValidator(_language)
]
Password = Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=256)]
Token = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
