"""The root of a day is the one that RFC 6962 defines."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from workflow_api.audit.evidence import MerkleTree


def merkle_root(leaves: list[bytes]) -> bytes:
    """Return the Merkle Tree Hash as RFC 6962 writes it, by recursion."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\x01" + merkle_root(leaves[:half]) + merkle_root(leaves[half:])).digest()


@given(st.lists(st.text(alphabet="0123456789abcdef"), max_size=70))
def test_the_tree_is_that_of_the_rfc(leaves: list[str]) -> None:
    tree = MerkleTree()
    for leaf in leaves:
        tree.add(leaf)
    assert tree.root() == merkle_root([each.encode() for each in leaves]).hex()


def test_the_tree_gives_the_roots_that_others_publish() -> None:
    """The test vectors of Certificate Transparency's own implementation."""
    tree = MerkleTree()
    assert tree.root() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    tree.add("")
    assert tree.root() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    tree.add("\x00")
    assert tree.root() == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
