import io
import os

import pytest

from deploy.backups.errors import AlteredBackup, NoBackup, NoKey, TruncatedBackup, UnusableKey, WrongKey
from deploy.backups.keys import FILE, PASSPHRASE, Keyring, open_keyring
from deploy.backups.sealed import MAGIC, PIECE, SealedReader, SealedWriter
from settings import Settings

KEYRING = Keyring(FILE, b"k" * 32)
SIZES = (0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 5)


def sealed(plain, keyring=KEYRING):
    out = io.BytesIO()
    said, key = keyring.new()
    with SealedWriter(out, key, said) as writer:
        writer.write(plain)
    return out.getvalue()


def opened(raw, keyring=KEYRING):
    with SealedReader(io.BufferedReader(io.BytesIO(raw)), "a.backup", keyring.of) as reader:
        return reader.readall()


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_comes_back(size):
    plain = os.urandom(size)
    assert opened(sealed(plain)) == plain


def test_nothing_of_it_can_be_read():
    raw = sealed(b"sandrine.legoff@orange.fr" * 10)
    assert raw.startswith(MAGIC)
    assert b"sandrine" not in raw


def test_two_backups_of_the_same_differ():
    assert sealed(b"the same")[60:] != sealed(b"the same")[60:]


def test_a_passphrase_does_as_well():
    keyring = Keyring(PASSPHRASE, "été à la plage".encode())
    raw = sealed(b"secret", keyring)
    assert opened(raw, keyring) == b"secret"
    with pytest.raises(WrongKey):
        opened(raw, Keyring(PASSPHRASE, b"another"))


def test_another_key_does_not_open_it():
    with pytest.raises(WrongKey):
        opened(sealed(b"secret"), Keyring(FILE, b"x" * 32))
    with pytest.raises(NoBackup, match="sealed with a file, and a passphrase was given"):
        opened(sealed(b"secret"), Keyring(PASSPHRASE, b"k" * 32))


@pytest.mark.parametrize("size", SIZES)
def test_every_cut_is_seen(size):
    raw = sealed(os.urandom(size))
    cuts = {len(raw) - 1, len(raw) - 17, len(raw) // 2, 40, 5, 0}
    if size > PIECE:  # right behind a whole piece, where nothing but the mark of the end is missing
        rest = len(sealed(b"x" * (size - PIECE))) - len(sealed(b"")) + 16 + 4
        cuts.add(len(raw) - rest)
    for cut in cuts:
        with pytest.raises((TruncatedBackup, NoBackup)):
            opened(raw[:cut])


def test_every_change_is_seen():
    raw = sealed(os.urandom(2 * PIECE + 100))
    for at in (12, 30, 60, 200, PIECE, PIECE + 400, len(raw) - 1):
        altered = bytearray(raw)
        altered[at] ^= 1
        with pytest.raises((AlteredBackup, WrongKey, NoBackup, TruncatedBackup)):
            opened(bytes(altered))


def test_pieces_in_another_order_or_behind_the_end_are_seen():
    raw = sealed(b"a" * PIECE + b"b" * PIECE + b"c")
    last = len(sealed(b"c")) - len(sealed(b"")) + 16 + 4
    length = PIECE + 16 + 4
    head = len(raw) - last - 2 * length
    first, second = raw[head : head + length], raw[head + length : head + 2 * length]
    with pytest.raises((AlteredBackup, WrongKey)):
        opened(raw[:head] + second + first + raw[-last:])
    with pytest.raises(AlteredBackup):
        opened(raw + first)
    with pytest.raises(AlteredBackup):
        opened(raw[:head] + first + raw[-last:])


def test_a_file_of_another_kind_or_version_is_refused():
    raw = bytearray(sealed(b"secret"))
    with pytest.raises(NoBackup, match="does not begin like one"):
        opened(b"PK\x03\x04" + bytes(100))
    raw[len(MAGIC)] = 9
    with pytest.raises(NoBackup, match="version 9"):
        opened(bytes(raw))


def test_a_header_that_asks_for_too_much_is_refused():
    keyring = Keyring(PASSPHRASE, b"word")
    with pytest.raises(NoBackup, match="too much"):
        keyring.of({"key": PASSPHRASE, "salt": "00" * 16, "cost": 2**30})


def test_the_settings_give_the_key(tmp_path):
    file = tmp_path / "key"
    with pytest.raises(NoKey):
        open_keyring(Settings(backup_key_file=None, backup_passphrase=None))
    with pytest.raises(UnusableKey, match="No such file"):
        open_keyring(Settings(backup_key_file=file))
    file.write_bytes(b"short")
    with pytest.raises(UnusableKey, match="less than 32 bytes"):
        open_keyring(Settings(backup_key_file=file))
    file.write_bytes(b"k" * 32)
    assert open_keyring(Settings(backup_key_file=file)) == KEYRING
    assert open_keyring(Settings(backup_passphrase="mot")).kind == PASSPHRASE
    assert "kkkk" not in repr(KEYRING)


def test_backups_must_be_shorter_lived_than_the_list_of_erasures():
    with pytest.raises(ValueError, match="BACKUP_DAYS must be less than TRACE_DAYS"):
        Settings(backup_days=365, trace_days=365)
