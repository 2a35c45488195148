"""The people of the demo, as `contracts.md` names them and Auth's seed makes them."""

from __future__ import annotations

USERS: dict[str, list[str]] = {
    "admin": ["tts:Admin"],
    "coordinator": ["tts:Ticket Coordinator"],
    "l1.ana": ["tts:L1 Support"],
    "l1.ben": ["tts:L1 Support"],
    "l1.cho": ["tts:L1 Support"],
    "l2.dee": ["tts:L2 Support"],
    "l2.eli": ["tts:L2 Support"],
    "asset.fay": ["tts:Asset Manager"],
    "budget.gus": ["tts:Budget Approver"],
}
