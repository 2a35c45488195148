"""The five demo workflows: what they match, who works their steps, where these lead. Pure data."""

from dataclasses import dataclass, field

from workflow_api.workflows.graph import EdgeKind, JoinRule, NodeKind

L1, L2 = "L1 Support", "L2 Support"
COORDINATOR = "Ticket Coordinator"
ASSETS, BUDGETS = "Asset Manager", "Budget Approver"

Way = tuple[str, str | None, str, EdgeKind]
"""From, to (None ends the run), the label of the button, the kind."""


@dataclass(frozen=True, kw_only=True)
class DemoStep:
    """A step by the name of its role; the first one of a workflow is its start."""

    name: str
    role: str
    instruction: str
    weight: int = 1
    is_end: bool = False
    requires_approval: bool = False
    escalate_to: str | None = None
    kind: NodeKind = NodeKind.HUMAN
    fork: bool = False
    join: JoinRule = None
    row: int = 0


@dataclass(frozen=True, kw_only=True)
class DemoWorkflow:
    """A definition that is seeded once, by its name."""

    name: str
    category: str
    description: str
    steps: tuple[DemoStep, ...]
    ways: tuple[Way, ...]
    settings: dict[str, str] = field(default_factory=dict)


def _on(start: str, end: str | None, label: str) -> Way:
    return (start, end, label, EdgeKind.FORWARD)


def _approve(start: str, end: str | None, label: str) -> Way:
    return (start, end, label, EdgeKind.APPROVE)


def _back(start: str, end: str, label: str) -> Way:
    return (start, end, label, EdgeKind.REJECT)


IT_SUPPORT = DemoWorkflow(
    name="IT Support",
    category="IT Support",
    description="Incidents and requests: first line, second line, and a check with the requester.",
    steps=(
        DemoStep(
            name="Triage",
            role=L1,
            escalate_to=L2,
            instruction="Read the ticket, ask for what is missing, rule out a known outage.",
        ),
        DemoStep(
            name="Analysis",
            role=L2,
            weight=2,
            escalate_to=COORDINATOR,
            instruction="Find the cause and remove it, or say what to do around it.",
        ),
        DemoStep(
            name="Confirm",
            role=L1,
            is_end=True,
            instruction="Ask the requester whether it works again; resolve the ticket if it does.",
        ),
    ),
    ways=(
        _on("Triage", "Analysis", "Hand to second line"),
        _on("Analysis", "Confirm", "Solved"),
        _back("Analysis", "Triage", "Details are missing"),
        _back("Confirm", "Analysis", "Still broken"),
    ),
)

ASSET_CHECK_OUT = DemoWorkflow(
    name="Asset Check Out",
    category="Asset Check Out",
    description="Equipment on loan: checked, reserved in the asset system, handed over.",
    settings={"end_logic": "asset"},
    steps=(
        DemoStep(
            name="Check request",
            role=L1,
            instruction="Is the asset named, and the time for which it is needed?",
        ),
        DemoStep(
            name="Reserve asset",
            role=ASSETS,
            weight=2,
            kind=NodeKind.AMS_CHECKOUT,
            instruction="Reserve the asset; when it is taken, choose one of the alternatives.",
        ),
        DemoStep(
            name="Hand over",
            role=ASSETS,
            is_end=True,
            instruction="Hand the asset over and let the requester sign for it.",
        ),
    ),
    ways=(
        _on("Check request", "Reserve asset", "Request is complete"),
        _on("Reserve asset", "Hand over", "Reserved"),
        _back("Reserve asset", "Check request", "Nothing fits"),
        _back("Hand over", "Reserve asset", "Not collected"),
    ),
)

BUDGET_PROPOSAL = DemoWorkflow(
    name="Budget Proposal",
    category="Budget Proposal",
    description="Spending: reviewed, checked against the budget, approved or sent back.",
    settings={"end_logic": "budget"},
    steps=(
        DemoStep(
            name="Review",
            role=COORDINATOR,
            instruction="Is the amount justified, and the department the right one?",
        ),
        DemoStep(
            name="Budget check",
            role=BUDGETS,
            kind=NodeKind.BMS_CHECKOUT,
            instruction="Check that the budget line has the amount left.",
        ),
        DemoStep(
            name="Approval",
            role=BUDGETS,
            weight=2,
            requires_approval=True,
            escalate_to="Admin",
            instruction="Approve the spending, or send it back with the reason.",
        ),
        DemoStep(
            name="Inform",
            role=COORDINATOR,
            is_end=True,
            instruction="Tell the requester how to order.",
        ),
    ),
    ways=(
        _on("Review", "Budget check", "Reviewed"),
        _on("Budget check", "Approval", "Budget is there"),
        _back("Budget check", "Review", "Budget is missing"),
        _approve("Approval", "Inform", "Approve"),
        _back("Approval", "Review", "Refuse"),
    ),
)

HR_ONBOARDING = DemoWorkflow(
    name="HR Onboarding",
    category="HR Onboarding",
    description="A new colleague: accounts, equipment, a first day without surprises.",
    settings={"department": "Human Resources", "end_logic": "notification"},
    steps=(
        DemoStep(
            name="Collect details",
            role=COORDINATOR,
            instruction="First day, manager, room, which systems are needed.",
        ),
        DemoStep(
            name="Create accounts",
            role=L2,
            weight=2,
            escalate_to=COORDINATOR,
            instruction="Create the accounts and groups that the manager has named.",
        ),
        DemoStep(
            name="Prepare equipment",
            role=ASSETS,
            weight=2,
            instruction="Set up laptop and telephone; note the asset numbers.",
        ),
        DemoStep(
            name="Welcome",
            role=COORDINATOR,
            is_end=True,
            instruction="Confirm with the manager that all is ready.",
        ),
    ),
    ways=(
        _on("Collect details", "Create accounts", "Details are complete"),
        _on("Create accounts", "Prepare equipment", "Accounts are ready"),
        _on("Prepare equipment", "Welcome", "Equipment is ready"),
        _back("Create accounts", "Collect details", "Details are missing"),
        _back("Welcome", "Prepare equipment", "Something is missing"),
    ),
)

CONTRACTOR_ONBOARDING = DemoWorkflow(
    name="Contractor Onboarding",
    category="Contractor Onboarding",
    description="Somebody comes for a while: hardware and accounts side by side, then the keys.",
    settings={"end_logic": "notification"},
    steps=(
        DemoStep(
            name="Prepare",
            role=COORDINATOR,
            fork=True,
            instruction="First and last day, who is responsible, what is needed and what is not.",
        ),
        DemoStep(
            name="Hardware",
            role=ASSETS,
            weight=2,
            instruction="Set up a laptop from the pool; note the asset numbers.",
        ),
        DemoStep(
            name="Accounts",
            role=L2,
            weight=2,
            row=1,
            escalate_to=COORDINATOR,
            instruction="Create accounts that end with the last day, in the groups that are named.",
        ),
        DemoStep(
            name="Hand over",
            role=COORDINATOR,
            is_end=True,
            join="all",
            instruction="Hand laptop, badge and first password over; let them sign for it.",
        ),
    ),
    ways=(
        _on("Prepare", "Hardware", "Order the hardware"),
        _on("Prepare", "Accounts", "Order the accounts"),
        _on("Hardware", "Hand over", "Hardware is ready"),
        _on("Accounts", "Hand over", "Accounts are ready"),
        _back("Hardware", "Prepare", "Details are missing"),
        _back("Accounts", "Prepare", "Details are missing"),
        _back("Hand over", "Prepare", "Something is missing"),
    ),
)

DEMO = (IT_SUPPORT, ASSET_CHECK_OUT, BUDGET_PROPOSAL, HR_ONBOARDING, CONTRACTOR_ONBOARDING)


def role_names() -> set[str]:
    """Return the roles that the demo needs, each with a member."""
    steps = [step for workflow in DEMO for step in workflow.steps]
    return {step.role for step in steps} | {step.escalate_to for step in steps if step.escalate_to}
