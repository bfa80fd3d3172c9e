"""One installation: its record, a conversation in it, a backup of it."""

from contextlib import contextmanager
from datetime import datetime, timezone

from conversations.bootstrap import open_record
from deploy.backups import archive
from deploy.backups.keys import open_keyring
from deploy.backups.restoring import restore
from deploy.backups.stores import open_stores


@contextmanager
def record(settings):
    engine = open_record(settings.sql_url("conversations"))
    try:
        yield engine
    finally:
        engine.dispose()


def spoken(log, words):
    _, conversation = log.start()
    log.answer(log.receive(conversation, "m1", words), [{"text": "Voici."}], {})
    return conversation


def made(settings, folder, now=None):
    now = now or datetime.now(timezone.utc)
    return archive.make(open_stores(settings), settings.var, folder, open_keyring(settings), now)


def put_back(file, settings, replace=True):
    return restore(
        file,
        settings,
        open_stores(settings),
        open_keyring(settings),
        lambda: datetime.now(timezone.utc),
        replace,
    )
