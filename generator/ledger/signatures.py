"""SSH signatures over what an office signs: made by ssh-keygen, proven by OpenSSL in this process.

The form is OpenSSH's (PROTOCOL.sshsig), namespace `daylight-ledger`, so that anyone can check a
line of the ledger with `ssh-keygen -Y verify`. Only ed25519 keys are taken.
"""

from __future__ import annotations

import base64
import binascii
import ctypes
import hashlib
import struct
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from generator.errors import ConfigError, ToolError
from generator.i18n import Translator
from generator.ledger import digest

NAMESPACE = b"daylight-ledger"
KIND = b"ssh-ed25519"
_MAGIC, _VERSION = b"SSHSIG", 1
_HASHES = {b"sha256": hashlib.sha256, b"sha512": hashlib.sha512}
_ED25519 = 1087  # OpenSSL's NID_ED25519
_WIDTH = 70

Signer = Callable[[Sequence[bytes]], Sequence[str]]
"""Returns one signature for each message, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A signature, what it is said to be over, and the public keys that may have made it."""

    message: bytes
    signature: str
    keys: tuple[bytes, ...]


def message(**members: Any) -> bytes:
    """Return the bytes that a signature covers: canonical JSON of the act, its scheme named."""
    return digest.encode(digest.canonical({"scheme": digest.SCHEME, **members}))


def of_sign_off(subject: str, of_content: str, sign_off: Mapping[str, Any], key: str) -> bytes:
    """Return the bytes that a sign-off's signature covers; `key` is "code" or "table"."""
    act = {name: sign_off[name] for name in ("stage", "office", "date")}
    return message(**{key: subject, "digest": of_content, **act})


def public_key(text: str) -> bytes:
    """Return the raw key of an OpenSSH public key; raise ValueError if it is no ed25519 key."""
    parts = text.split()
    if len(parts) < 2 or parts[0].encode() != KIND:
        raise ValueError("no ssh-ed25519 key")
    kind, key = _strings(base64.b64decode(parts[1], validate=True), 2)
    if kind != KIND or len(key) != 32:
        raise ValueError("no ssh-ed25519 key")
    return key


def signer(key: Path, tr: Translator) -> Signer:
    """Return what signs with a private key, or with a public one whose private half an agent holds.

    ssh-keygen asks for a passphrase at the terminal, once for all messages. Raises
    ConfigError if the key cannot be used, ToolError if there is no ssh-keygen.
    """
    if not key.is_file():
        raise ConfigError(
            tr("--key: {file} is not there; name a file with an ed25519 key", file=key)
        )

    def sign(messages: Sequence[bytes]) -> Sequence[str]:
        return _signed(key.resolve(), messages, tr) if messages else []

    return sign


def _signed(key: Path, messages: Sequence[bytes], tr: Translator) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="daylight-") as folder:
        names = [f"{number}" for number, _ in enumerate(messages)]
        for name, content in zip(names, messages, strict=True):
            (Path(folder) / name).write_bytes(content)
        command = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", NAMESPACE.decode()]
        _run([*command, *names], Path(folder), tr, key)
        made = [_unarmoured((Path(folder) / f"{name}.sig").read_text("ascii")) for name in names]
    if not all(_is_ed25519(each) for each in made):
        raise ConfigError(
            tr(
                "--key: {file} cannot sign ({reason}); name a file with an ed25519 key",
                file=key,
                reason=tr("its kind is another"),
            )
        )
    return made


def _run(command: list[str], folder: Path, tr: Translator, key: Path) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    except OSError as error:
        raise ToolError(command, None, tr("install OpenSSH 8.2 or newer")) from error
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["ssh-keygen failed"])[-1]
        raise ConfigError(
            tr(
                "--key: {file} cannot sign ({reason}); name a file with an ed25519 key",
                file=key,
                reason=why,
            )
        )


def _is_ed25519(signature: str) -> bool:
    holder = _strings(base64.b64decode(signature)[len(_MAGIC) + 4 :], 5)[0]
    return _strings(holder, 2)[0] == KIND if holder[4:].startswith(KIND) else False


def _unarmoured(text: str) -> str:
    return "".join(line for line in text.splitlines() if not line.startswith("-"))


def armoured(signature: str) -> str:
    """Return a signature as `ssh-keygen -Y verify -s` reads it."""
    lines = [signature[n : n + _WIDTH] for n in range(0, len(signature), _WIDTH)]
    return "\n".join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""])


def verify(claims: Sequence[Claim], memory: Memory | None = None) -> list[bool]:
    """Tell for each claim whether its signature holds.

    OpenSSL, which Python brings, proves some ten thousand a second in this process. Where
    it cannot be reached, ssh-keygen proves them one by one, and `memory` spares those known.
    """
    prove = _openssl()
    parts = [_parts(claim) for claim in claims]
    if prove:
        return [found is not None and prove(*found) for found in parts]
    return _by_ssh_keygen(claims, [found is not None for found in parts], memory)


class Memory(Protocol):
    """Bytes by key, any of which may be gone at any time."""

    def get_many(self, keys: Iterable[str], /) -> Mapping[str, bytes]:
        """Return those of the keys that are known."""

    def put_many(self, entries: Mapping[str, bytes], /) -> None:
        """Keep entries."""


def _parts(claim: Claim) -> tuple[bytes, bytes, bytes] | None:
    """Return key, signed bytes and signature; None if the signature is not one that may stand."""
    try:
        blob = base64.b64decode(claim.signature, validate=True)
        if blob[:6] != _MAGIC or struct.unpack(">I", blob[6:10])[0] != _VERSION:
            return None
        holder, namespace, reserved, hashed, signature = _strings(blob[10:], 5)
        kind, key = _strings(holder, 2)
        made_by, raw = _strings(signature, 2)
    except (ValueError, binascii.Error, struct.error):
        return None
    if (kind, made_by, namespace, reserved) != (KIND, KIND, NAMESPACE, b""):
        return None
    if key not in claim.keys or hashed not in _HASHES or len(key) != 32 or len(raw) != 64:
        return None
    total = _HASHES[hashed](claim.message).digest()
    return key, _MAGIC + b"".join(map(_string, (NAMESPACE, b"", hashed, total))), raw


def _string(content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + content


def _strings(blob: bytes, count: int) -> list[bytes]:
    """Return the length-prefixed strings of a blob; raise ValueError unless there are `count`."""
    found = []
    while blob:
        size = struct.unpack(">I", blob[:4])[0]
        if len(blob) < 4 + size:
            raise ValueError("cut off")
        found.append(blob[4 : 4 + size])
        blob = blob[4 + size :]
    if len(found) != count:
        raise ValueError("not of its form")
    return found


@cache
def _openssl() -> Callable[[bytes, bytes, bytes], bool] | None:
    """Return OpenSSL's own check of an ed25519 signature, or None where it cannot be reached."""
    try:
        import _hashlib

        lib = ctypes.CDLL(_hashlib.__file__)
        new, free = lib.EVP_PKEY_new_raw_public_key, lib.EVP_PKEY_free
        begin, check = lib.EVP_DigestVerifyInit, lib.EVP_DigestVerify
        context, drop = lib.EVP_MD_CTX_new, lib.EVP_MD_CTX_free
    except (ImportError, AttributeError, OSError):
        return None
    pointer, size = ctypes.c_void_p, ctypes.c_size_t
    new.restype = context.restype = pointer
    new.argtypes = [ctypes.c_int, pointer, ctypes.c_char_p, size]
    begin.argtypes = [pointer] * 5
    check.argtypes = [pointer, ctypes.c_char_p, size, ctypes.c_char_p, size]
    free.argtypes = drop.argtypes = [pointer]
    free.restype = drop.restype = None

    def prove(key: bytes, signed: bytes, signature: bytes) -> bool:
        holder, work = new(_ED25519, None, key, len(key)), context()
        try:
            ready = holder and work and begin(work, None, None, None, holder) == 1
            return bool(ready) and check(work, signature, 64, signed, len(signed)) == 1
        finally:
            drop(work)
            free(holder)

    return prove


def _by_ssh_keygen(
    claims: Sequence[Claim], well_formed: Sequence[bool], memory: Memory | None
) -> list[bool]:
    prints = [
        f"signature:{digest.sha256_of(each.message, each.signature.encode())}" for each in claims
    ]
    triples = zip(prints, claims, well_formed, strict=True)
    wanted = {name: each for name, each, holds in triples if holds}
    known = set(memory.get_many(wanted)) if memory else set()
    asked = {name: each for name, each in wanted.items() if name not in known}
    with ThreadPoolExecutor(4) as threads:
        held = dict(zip(asked, threads.map(_verified, asked.values()), strict=True))
    proven = [name for name, holds in held.items() if holds]
    if memory and proven:
        memory.put_many(dict.fromkeys(proven, b"holds"))
    good = known | set(proven)
    return [name in good and holds for name, holds in zip(prints, well_formed, strict=True)]


def _verified(claim: Claim) -> bool:
    """Ask ssh-keygen; that the key is one that may sign has been seen to."""
    with tempfile.NamedTemporaryFile("w", prefix="daylight-", suffix=".sig") as file:
        file.write(armoured(claim.signature))
        file.flush()
        command = ["ssh-keygen", "-Y", "check-novalidate", "-n", NAMESPACE.decode()]
        try:
            done = subprocess.run(
                [*command, "-s", file.name], input=claim.message, capture_output=True
            )
        except OSError as error:
            raise ToolError(command, None, str(error)) from error
    return done.returncode == 0
