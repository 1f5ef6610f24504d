"""Signing in as people do: who was asked again, the code of an authenticator app, a security key made of software."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import struct
import time
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from evaluation.models import User

ORIGIN = "http://testserver"


def say_again(client: Client, user: User, *, ago: float = 0) -> None:
    """As if this person had said the password again, so many seconds ago."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() - ago, "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session["begun"] = session["seen"] = time.time()
    session.save()


def code_now(secret: str, at: float | None = None) -> str:
    """The six digits of RFC 6238, worked out here and not by the product."""
    counter = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class SoftKey:
    """A security key: answers the challenges of a page as a browser would hand them on."""

    def __init__(self) -> None:
        self.secret = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(16)
        self.count = 0

    def _data(self, flags: int, credential: AttestedCredentialData | None = None) -> AuthenticatorData:
        self.count += 1
        place = hashlib.sha256(b"testserver").digest()
        return AuthenticatorData.create(place, flags, self.count, credential or b"")

    def _said(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": ORIGIN, "crossOrigin": False}).encode()

    def _answer(self, **response: bytes) -> str:
        said = {name: _text(value) for name, value in response.items()}
        return json.dumps({"id": _text(self.id), "rawId": _text(self.id), "type": "public-key", "response": said})

    def register(self, options: dict[str, Any]) -> str:
        """The answer to a page that adds a key."""
        public = ES256.from_cryptography_key(self.secret.public_key())
        credential = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        made = AttestationObject.create("none", self._data(0x41, credential), {})
        said = self._said("webauthn.create", options["publicKey"]["challenge"])
        return self._answer(clientDataJSON=said, attestationObject=bytes(made))

    def sign(self, options: dict[str, Any]) -> str:
        """The answer to a page that asks for the key."""
        said, data = self._said("webauthn.get", options["publicKey"]["challenge"]), self._data(0x01)
        signed = self.secret.sign(bytes(data) + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=said, authenticatorData=bytes(data), signature=signed)


def with_app(client: Client) -> str:
    """The secret of an authenticator app, set up on the page for it."""
    secret: str = client.get("/account/security/app/").context["form"].secret
    assert client.post("/account/security/app/", {"code": code_now(secret)}).status_code == 302
    return secret


def with_key(client: Client, name: str = "钥匙") -> SoftKey:
    """A security key, added on the page for it."""
    key = SoftKey()
    options = client.get("/account/security/keys/add/").context["js_data"]["creation_options"]
    got = client.post("/account/security/keys/add/", {"name": name, "credential": key.register(options)})
    assert got.status_code == 302, got.content.decode()
    return key
