"""What no form was made for: over the wire, in an address, in a header."""

from __future__ import annotations

# What nobody types by accident, as it comes over the wire.
VALUES: list[bytes] = [
    b"",
    b"a\0b",
    b"\xed\xa0\x80",  # half of a surrogate pair
    b"\xff\xfe\x80",
    b"x" * 1_000_000,
    b"1" + b"0" * 400,  # 10**400
    b"-1" + b"0" * 400,
    b"9223372036854775808",
    b"2147483648",
    b"-2147483649",
    b"NaN",
    b"sNaN",
    b"Infinity",
    b"-Infinity",
    b"1e999999999",
    b"-5",
    b"-1,250.50",
    b"$-3",
    b"0x10",
    b"1_000",
    "٣٠".encode(),
    "²".encode(),
    b"30",
    b"0",
    b"0000",
    b"99999",
    b"2026-02-30",
    b"no such choice",
    b"on",
    b"[]",
    b'{"a": 1}',
    b"<script>alert(1)</script>",
    b"{{ 7*7 }}{% debug %}",
    b"' OR 1=1 --",
    b"=1+1",
    b"a\r\nBcc: b@example.test",
    b"../../etc/passwd",
    b"@" * 300,
    b"a@" + b"b." * 200,
    "\u202egnp.exe".encode(),
    "é".encode() * 300,
    "\U0001f9d2\U0001f3fd\u200d".encode() * 40,
    b"00000000-0000-0000-0000-000000000000",
    b"%s%s%n%(x)s",
]
THIRTIETH_OF_FEBRUARY = {"month": b"2", "day": b"30", "year": b"2024"}
SEGMENTS = [
    "0", "-1", str(2**31), str(2**63), "1" + "0" * 400, "NaN", "%00", "a%00b", "%ED%A0%80", "%FF",
    "x" * 5_000, "%2e%2e", "%0d%0aSet-Cookie:x", "'", "<script>", "%F0%9F%A7%92", "١", "1.0", " ", "{{",
]  # fmt: skip
QUERIES = [
    "page",
    "program",
    "next",
    "q",
    "county",
    "zip",
    "place",
    "language",
    "another",
    "check",
    "on",
]
HEADERS = ["Accept-Language", "Referer", "User-Agent", "X-Forwarded-For", "Accept"]
HEADER_WORDS = ["\x00", "x" * 9_000, "\xff\xfe", "es;q=9,,,;", "1.2.3.4, ::g"]
