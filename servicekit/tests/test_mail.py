"""An address that mail can be sent to, and nothing that would break a header."""

import pytest

from servicekit.mail import mail_address


@pytest.mark.parametrize(
    "address",
    [
        "ana@example.com",
        "ana.b+tickets@sub.example.com",
        "ana@xn--bcher-kva.example",
        "ana@bücher.example",
        f"{'a' * 64}@example.com",
        f"{'a' * 63}@{'.'.join(['b' * 61] * 3)}.com",
    ],
)
def test_an_address_is_taken_as_it_is(address: str) -> None:
    assert mail_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ana",
        "@example.com",
        "ana@",
        "ana@example",
        "ana@exa mple.com",
        "ana..b@example.com",
        "änä@example.com",
        "ana@example.com\r\nBcc: ben@example.com",
        "ana\n@example.com",
        '"a\\\x01b"@example.com',
        "ana@example.com\x00",
        f"{'a' * 65}@example.com",
        f"{'a' * 64}@{'.'.join(['b' * 62] * 3)}.com",
        f"ana@{'ü' * 60}.example",
        f"{'a' * 60}@{'.'.join(['ü' * 40] * 5)}.de",
    ],
)
def test_what_no_server_would_take_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="valid e-mail"):
        mail_address(address)
