"""Writes webauthn.json: assertions signed by Python's `cryptography`, the good ones and one for each way to be bad.

    python3 webauthn.py > webauthn.json

Every assertion but those that say so is signed correctly over its own bytes, so that nothing but the check that it is
made for can refuse it. Keys and nonces are fixed: the same file comes out every time.
"""

import base64
import hashlib
import json

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # the order of P-256
L = 2**252 + 27742317777372353535851937790883648493  # the order of Ed25519
ORIGIN, RP_ID = "https://review.example.org", "example.org"
CHALLENGE = hashlib.sha256(b"what is signed").digest()
UP, UV, BE, BS, AT, ED = 1, 4, 8, 16, 64, 128

p256 = ec.derive_private_key(0xC0FFEE, ec.SECP256R1())
ed = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ED_PREFIX = bytes.fromhex("302a300506032b6570032100")


def b64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def spki(key):
    public = key.public_key()
    return public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def sign(key, message):
    if key is ed:
        return ed.sign(message)
    return p256.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))


def client_data(**members):
    data = {"type": "webauthn.get", "challenge": b64url(CHALLENGE), "origin": ORIGIN, "crossOrigin": False} | members
    return json.dumps({name: value for name, value in data.items() if value is not ...}, separators=(",", ":")).encode()


def authenticator_data(flags=UP | UV, rp_id=RP_ID, count=7, more=b""):
    return hashlib.sha256(rp_id.encode()).digest() + bytes([flags]) + count.to_bytes(4, "big") + more


vectors = []


def add(name, expected, key=p256, client=None, auth=None, sig=None, alg=None, public=None):
    """`sig` makes another signature of the good one; `alg` is what is claimed."""
    client = client_data() if client is None else client
    auth = authenticator_data() if auth is None else auth
    signature = sign(key, auth + hashlib.sha256(client).digest())
    vectors.append({
        "name": name,
        "expected": expected,
        "spki": base64.b64encode(spki(key) if public is None else public).decode(),
        "alg": alg or ("webauthn_eddsa" if key is ed else "webauthn_es256"),
        "challenge": b64url(CHALLENGE),
        "origin": ORIGIN,
        "rp_id": RP_ID,
        "authenticator_data": b64url(auth),
        "client_data_json": b64url(client),
        "signature": b64url(sig(signature) if sig else signature),
    })


def der_int(number, pad=b""):
    body = pad + number.to_bytes((number.bit_length() + 8) // 8 or 1, "big")
    return b"\x02" + bytes([len(body)]) + body


def der(r, s):
    body = r + s
    return b"\x30" + bytes([len(body)]) + body


def rs(change):
    return lambda signature: change(*decode_dss_signature(signature))


def flip(at, bit=1):
    return lambda signature: signature[:at] + bytes([signature[at] ^ bit]) + signature[at + 1:]


# Good, for both algorithms.
for key, alg in ((p256, "ES256"), (ed, "EdDSA")):
    add(f"{alg}", "OK", key)
    add(f"{alg}, eligible for backup", "OK", key, auth=authenticator_data(UP | UV | BE))
    add(f"{alg}, backed up, counter at its end", "OK", key, auth=authenticator_data(UP | UV | BE | BS, count=2**32 - 1))
    add(f"{alg}, reserved flags", "OK", key, auth=authenticator_data(UP | UV | 0x22))
    add(f"{alg}, an extension", "OK", key, auth=authenticator_data(UP | UV | ED, more=b"\xa1\x63foo\x82\x01\x42ab"))
    add(f"{alg}, the type of a registration", "WA_TYPE", key, client=client_data(type="webauthn.create"))
    add(f"{alg}, another challenge", "WA_CHALLENGE", key, client=client_data(challenge=b64url(bytes(32))))
    add(f"{alg}, another origin", "WA_ORIGIN", key, client=client_data(origin="https://review.example.org.evil.test"))
    add(f"{alg}, another RP ID", "WA_RPID", key, auth=authenticator_data(rp_id="evil.test"))
    add(f"{alg}, user not verified", "WA_UV", key, auth=authenticator_data(UP))
    add(f"{alg}, user absent", "WA_UV", key, auth=authenticator_data(UV))
    add(f"{alg}, a flipped bit of the signature", "STMT_SIG_BAD", key, sig=flip(20))
    add(f"{alg}, a signature over other authenticator data", "STMT_SIG_BAD", key,
        sig=lambda _, key=key: sign(key, authenticator_data(count=8) + hashlib.sha256(client_data()).digest()))
    add(f"{alg}, a signature over other client data", "STMT_SIG_BAD", key,
        sig=lambda _, key=key: sign(key, authenticator_data() + hashlib.sha256(client_data(more=1)).digest()))
    add(f"{alg}, an empty signature", "STMT_SIG_BAD", key, sig=lambda _: b"")

# The algorithm.
add("ES256 key, claimed as EdDSA", "WA_ALG", p256, alg="webauthn_eddsa")
add("Ed25519 key, claimed as ES256", "WA_ALG", ed, alg="webauthn_es256")
add("ES256 key, hashed with SHA-384", "STMT_SIG_BAD", sig=lambda _: p256.sign(
    authenticator_data() + hashlib.sha256(client_data()).digest(),
    ec.ECDSA(hashes.SHA384(), deterministic_signing=True)))

# clientDataJSON: tolerant where the standard is.
good = client_data()
add("members in another order, more of them, spaces", "OK", client=json.dumps(
    {"other_keys_can_be_added_here": "do not compare clientDataJSON against a template", "x": [1.5, None, {"type": 1}],
     "origin": ORIGIN, "challenge": b64url(CHALLENGE), "type": "webauthn.get"}, indent=2).encode())
add("without crossOrigin", "OK", client=client_data(crossOrigin=...))
add("escaped characters", "OK", client=good.replace(b"webauthn.get", b"\\u0077ebauthn\\u002eget"))
add("a byte order mark", "OK", client=b"\xef\xbb\xbf" + good)
add("the type in capitals", "WA_TYPE", client=client_data(type="Webauthn.get"))
add("the type of a payment", "WA_TYPE", client=client_data(type="payment.get"))
add("the challenge with padding", "WA_CHALLENGE", client=client_data(challenge=b64url(CHALLENGE) + "="))
add("the challenge in base64, not base64url", "WA_CHALLENGE",
    client=client_data(challenge=base64.b64encode(CHALLENGE).decode().rstrip("=")))
add("the challenge with bits after its end", "WA_CHALLENGE", client=client_data(challenge=b64url(CHALLENGE)[:-1] + "9"))
add("the challenge twice as long", "WA_CHALLENGE", client=client_data(challenge=b64url(CHALLENGE + CHALLENGE)))
add("the origin over http", "WA_ORIGIN", client=client_data(origin="http://review.example.org"))
add("the origin with a port", "WA_ORIGIN", client=client_data(origin=ORIGIN + ":8443"))
add("the origin with a slash", "WA_ORIGIN", client=client_data(origin=ORIGIN + "/"))
add("a sister's origin under the same RP ID", "WA_ORIGIN", client=client_data(origin="https://blog.example.org"))
add("in a frame", "WA_ORIGIN", client=client_data(crossOrigin=True))
add("in a frame of a named page", "WA_ORIGIN", client=client_data(crossOrigin=True, topOrigin="https://evil.test"))
add("a named page alone", "WA_ORIGIN", client=client_data(crossOrigin=False, topOrigin="https://evil.test"))
add("the type twice", "STMT_SIG_BAD", client=good.replace(b"{", b'{"type":"webauthn.create",'))
add("the challenge twice, once escaped", "STMT_SIG_BAD", client=good.replace(b"{", b'{"\\u0063hallenge":"AA",'))
add("a name twice in a member that nobody asks for", "STMT_SIG_BAD", client=client_data(x=...).replace(
    b"}", b',"x":[{"a":1,"a":2}]}'))
add("no type", "STMT_SIG_BAD", client=client_data(type=...))
add("the origin is a number", "STMT_SIG_BAD", client=client_data(origin=1))
add("crossOrigin is a text", "STMT_SIG_BAD", client=client_data(crossOrigin="true"))
add("an array", "STMT_SIG_BAD", client=b"[" + good + b"]")
add("two objects", "STMT_SIG_BAD", client=good + good)
add("cut client data", "STMT_SIG_BAD", client=good[:-1])
add("not UTF-8", "STMT_SIG_BAD", client=good.replace(b"}", b',"x":"\xff"}'))
add("a lone surrogate", "STMT_SIG_BAD", client=good.replace(b"}", b',"x":"\\ud800"}'))
add("nested too deep", "STMT_SIG_BAD", client=good.replace(b"}", b',"x":' + b"[" * 1000 + b"]" * 1000 + b"}"))
add("too long", "STMT_SIG_BAD", client=client_data(x="x" * 8192))
add("empty client data", "STMT_SIG_BAD", client=b"")

# authenticatorData.
auth = authenticator_data()
add("cut within the counter", "WA_UV", auth=auth[:36])
add("cut before the flags", "WA_UV", auth=auth[:32])
add("cut within the RP ID's hash", "WA_RPID", auth=auth[:31])
add("empty authenticator data", "WA_RPID", auth=b"")
add("a byte too many", "STMT_SIG_BAD", auth=auth + b"\0")
add("too long authenticator data", "STMT_SIG_BAD", auth=authenticator_data(
    UP | UV | ED, more=b"\xa1\x61x\x59\x10\x00" + bytes(4096)))
add("an attested credential", "STMT_SIG_BAD", auth=authenticator_data(UP | UV | AT, more=bytes(16) + b"\0\0\xa0"))
add("backed up though not eligible", "STMT_SIG_BAD", auth=authenticator_data(UP | UV | BS))
for name, expected, more in (
        ("an empty map", "OK", b"\xa0"),
        ("nested values", "OK", b"\xa2\x61a\xa1\x61b\x81\xf5\x61c\xfb\x40\x09\x21\xfb\x54\x44\x2d\x18"),
        ("no extensions", "STMT_SIG_BAD", b""),
        ("an array", "STMT_SIG_BAD", b"\x80"),
        ("a byte after the map", "STMT_SIG_BAD", b"\xa0\x00"),
        ("a cut map", "STMT_SIG_BAD", b"\xa2\x61a\x01"),
        ("a map of too many members to count", "STMT_SIG_BAD", b"\xbb" + b"\xff" * 8 + b"\x00"),
        ("a text beyond the end", "STMT_SIG_BAD", b"\xa1\x61a\x7b" + b"\xff" * 8),
        ("an indefinite map", "STMT_SIG_BAD", b"\xbf\xff"),
        ("a reserved length", "STMT_SIG_BAD", b"\xa1\x61a\x1c"),
        ("a simple value in the wrong form", "STMT_SIG_BAD", b"\xa1\x61a\xf8\x14"),
        ("a tower of arrays", "STMT_SIG_BAD", b"\xa1\x61a" + b"\x81" * 2000 + b"\x01")):
    add(f"extension flag: {name}", expected, auth=authenticator_data(UP | UV | ED, more=more))

# ECDSA: Ecdsa-Sig-Value in DER, and nothing else.
add("the low S", "OK", sig=rs(lambda r, s: der(der_int(r), der_int(min(s, N - s)))))
add("the high S", "OK", sig=rs(lambda r, s: der(der_int(r), der_int(max(s, N - s)))))
add("r and S as 64 bytes", "STMT_SIG_BAD", sig=rs(lambda r, s: r.to_bytes(32, "big") + s.to_bytes(32, "big")))
add("a byte after the signature", "STMT_SIG_BAD", sig=lambda signature: signature + b"\0")
add("a byte within the sequence", "STMT_SIG_BAD", sig=rs(lambda r, s: der(der_int(r), der_int(s) + b"\0")))
add("a third integer", "STMT_SIG_BAD", sig=rs(lambda r, s: der(der_int(r), der_int(s) + der_int(1))))
add("a padded r", "STMT_SIG_BAD", sig=rs(lambda r, s: der(der_int(r, b"\0"), der_int(s))))
add("a padded S", "STMT_SIG_BAD", sig=rs(lambda r, s: der(der_int(r), der_int(s, b"\0"))))
add("a long form of the length", "STMT_SIG_BAD",
    sig=lambda signature: b"\x30\x81" + signature[1:])
add("an indefinite length", "STMT_SIG_BAD", sig=lambda signature: b"\x30\x80" + signature[2:] + b"\0\0")
add("a set", "STMT_SIG_BAD", sig=flip(0))
add("a cut signature", "STMT_SIG_BAD", sig=lambda signature: signature[:-1])
add("a negative r", "STMT_SIG_BAD",
    sig=rs(lambda r, s: der(b"\x02\x20" + (r | 1 << 255).to_bytes(32, "big"), der_int(s))))
add("r = 0", "STMT_SIG_BAD", sig=rs(lambda r, s: der(der_int(0), der_int(s))))
add("S = 0", "STMT_SIG_BAD", sig=rs(lambda r, s: der(der_int(r), der_int(0))))
add("r and S zero", "STMT_SIG_BAD", sig=lambda _: der(der_int(0), der_int(0)))
add("r + n", "STMT_SIG_BAD", sig=rs(lambda r, s: der(der_int(r + N), der_int(s))))
add("S + n", "STMT_SIG_BAD", sig=rs(lambda r, s: der(der_int(r), der_int(s + N))))
add("an integer of 100 bytes", "STMT_SIG_BAD", sig=rs(lambda r, s: der(der_int(r), der_int(1 << 790))))

# Ed25519: strict.
add("S + L", "STMT_SIG_BAD", ed, sig=lambda signature: signature[:32] + (
    int.from_bytes(signature[32:], "little") + L).to_bytes(32, "little"))
add("63 bytes", "STMT_SIG_BAD", ed, sig=lambda signature: signature[:-1])
add("65 bytes", "STMT_SIG_BAD", ed, sig=lambda signature: signature + b"\0")


def small_nonce(_):
    """R is the identity, S made with the private scalar: it holds for RFC 8032 without further checks."""
    digest = hashlib.sha512(bytes(range(32))).digest()
    scalar = int.from_bytes(digest[:32], "little") & ~7 & (1 << 255) - 1 & ~(1 << 255) | 1 << 254
    nonce = b"\x01" + bytes(31)
    message = authenticator_data() + hashlib.sha256(client_data()).digest()
    k = int.from_bytes(hashlib.sha512(nonce + spki(ed)[12:] + message).digest(), "little")
    signature = nonce + (k * scalar % L).to_bytes(32, "little")
    ed.public_key().verify(signature, message)  # OpenSSL takes it
    return signature


add("a nonce of small order", "STMT_SIG_BAD", ed, sig=small_nonce)

# Keys that are none.
y_8 = bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")  # a point of order 8
identity_signature = b"\x01" + bytes(63)
for name, point in (("the identity", b"\x01" + bytes(31)), ("order 4", bytes(32)), ("order 8", y_8),
                    ("order 2, y = p - 1", (2**255 - 20).to_bytes(32, "little")),
                    ("the identity, y = p + 1", (2**255 - 18).to_bytes(32, "little")),
                    ("y = p + 3, a second encoding", (2**255 - 16).to_bytes(32, "little")),
                    ("no point", b"\x02" + bytes(31))):
    add(f"an Ed25519 key of small order or another encoding: {name}", "KEY", ed, public=ED_PREFIX + point,
        sig=lambda _: identity_signature)
p256_spki = spki(p256)
compressed = p256.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint)
add("a compressed point", "KEY", public=bytes.fromhex("3039301306072a8648ce3d020106082a8648ce3d030107032200")
    + compressed)
add("a hybrid point", "KEY", public=p256_spki[:26] + bytes([6 + p256_spki[-1] % 2]) + p256_spki[27:])
add("a point beside the curve", "KEY", public=p256_spki[:-1] + bytes([p256_spki[-1] ^ 1]))
add("the point at infinity", "KEY", public=bytes.fromhex("3019301306072a8648ce3d020106082a8648ce3d03010703020000"))
add("a key with a byte after it", "KEY", public=p256_spki + b"\0")
add("a key on P-384", "KEY", public=spki(ec.derive_private_key(7, ec.SECP384R1())))
add("a key on secp256k1", "KEY", public=spki(ec.derive_private_key(7, ec.SECP256K1())))
add("an X25519 key", "KEY", public=bytes.fromhex("302a300506032b656e032100") + bytes(range(32)))
add("Ed25519 with NULL parameters", "KEY", ed, public=bytes.fromhex("302c300706032b65700500032100") + spki(ed)[12:])

print(json.dumps(vectors, indent=1))
