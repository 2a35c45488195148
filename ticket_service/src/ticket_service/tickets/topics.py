"""What people ask a help desk for, as data: the raw material of the generator."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that people ask for; the braces are filled by the generator."""

    sub_category: str
    title: str
    description: str
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """One category of requests with its share of all of them."""

    category: str
    weight: int
    topics: tuple[Topic, ...]
    department: str = ""


DEPARTMENTS = (
    "Operations",
    "Finance",
    "Engineering",
    "Sales",
    "Marketing",
    "Human Resources",
    "Legal",
)

IT_SUPPORT = Kind(
    category="IT Support",
    weight=60,
    topics=(
        Topic(
            "Network",
            "No network in building {building}, floor {floor}",
            "since {since} about {number} of us on floor {floor} of building {building} lose the "
            "network every few minutes. Wired and wireless, both.",
        ),
        Topic(
            "Network",
            "VPN drops after a few minutes",
            "when I work from home the VPN on {device} disconnects with error {error}. "
            "Signing in again helps for five minutes or so.",
        ),
        Topic(
            "Network",
            "Guest Wi-Fi for {number} visitors in room {room}",
            "{number} visitors come on {start} to room {room} and need Wi-Fi for the day.",
        ),
        Topic(
            "Hardware",
            "Laptop {device} does not start",
            "my laptop {device} only beeps and stays dark since {since}. It is plugged in. "
            "I sit in room {room}.",
        ),
        Topic(
            "Hardware",
            "Printer in room {room} jams on every page",
            "the printer in room {room} jams on each page. We opened the trays and found nothing.",
        ),
        Topic(
            "Hardware",
            "Second monitor flickers",
            "the second monitor at my desk in room {room} flickers since {since}. "
            "Another cable changed nothing.",
        ),
        Topic(
            "Software",
            "{product} closes with error {error}",
            "{product} closes itself with error {error} as soon as I open a file from the share. "
            "It began on {since}.",
        ),
        Topic(
            "Software",
            "Please install {product} on {device}",
            "I need {product} on {device} for a project with {colleague}. The licence is approved.",
        ),
        Topic(
            "Software",
            "{product} is very slow since the update",
            "since the update on {since} {product} needs a minute to open anything on {device}.",
        ),
        Topic(
            "Access",
            "Access to the {department} share for {colleague}",
            "{colleague} joined our team in {department} and needs to read and write our share.",
        ),
    ),
)

ASSET_CHECK_OUT = Kind(
    category="Asset Check Out",
    weight=15,
    topics=(
        Topic(
            "Laptop",
            "Loan laptop for {days} days",
            "my own device is in repair; I need a loan laptop for {days} days from {start}.",
            {"asset_id": "LAPTOP-001", "duration_days": "{days}"},
        ),
        Topic(
            "Projector",
            "Projector for a workshop in room {room}",
            "our workshop with {number} people in room {room} on {start} needs a projector.",
            {"asset_id": "PROJECTOR-001", "duration_days": "{days}"},
        ),
        Topic(
            "Camera",
            "Camera for the open day",
            "{colleague} and I take pictures at the open day on {start}.",
            {"asset_id": "CAMERA-001", "duration_days": "{days}"},
        ),
        Topic(
            "Phone",
            "Test phone for {days} days",
            "we test our app and need a phone for {days} days.",
            {"asset_id": "PHONE-001", "duration_days": "{days}"},
        ),
    ),
)

_PROPOSAL = {
    "amount": "{amount}",
    "currency": "USD",
    "justification": "Planned for this quarter by {department}.",
}

BUDGET_PROPOSAL = Kind(
    category="Budget Proposal",
    weight=15,
    topics=(
        Topic(
            "Equipment",
            "{number} docking stations for {department}",
            "we would like to buy {number} docking stations, {amount} USD in all.",
            _PROPOSAL | {"budget_category": "Equipment"},
        ),
        Topic(
            "Training",
            "Training for {number} people of {department}",
            "a two-day course for {number} of us costs {amount} USD; it begins on {start}.",
            _PROPOSAL | {"budget_category": "Training"},
        ),
        Topic(
            "Travel",
            "Customer visit on {start}",
            "{colleague} and I visit a customer; flight and hotel come to {amount} USD.",
            _PROPOSAL | {"budget_category": "Travel"},
        ),
        Topic(
            "Software",
            "{number} licences of {product}",
            "we need {number} more licences of {product}, {amount} USD a year.",
            _PROPOSAL | {"budget_category": "Software"},
        ),
    ),
)

HR_ONBOARDING = Kind(
    category="HR Onboarding",
    weight=10,
    department="Human Resources",
    topics=(
        Topic(
            "New Employee",
            "{colleague} starts on {start}",
            "{colleague} starts on {start} and sits in room {room}. Please prepare accounts, "
            "a laptop and a badge.",
            {"start_on": "{start}"},
        ),
        Topic(
            "Contractor",
            "Contractor {colleague} for {days} days",
            "{colleague} works with us for {days} days from {start}. A guest badge and a "
            "time-limited account are enough.",
            {"start_on": "{start}", "duration_days": "{days}"},
        ),
    ),
)

KINDS = (IT_SUPPORT, ASSET_CHECK_OUT, BUDGET_PROPOSAL, HR_ONBOARDING)
