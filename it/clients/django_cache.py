"""Django's own Redis cache and its sessions upon it, with their default settings; prints every answer."""

import sys

import django
from django.conf import settings

settings.configure(
    CACHES={
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": sys.argv[1] + "/1"},
        "pages": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": sys.argv[1] + "/2",
            "KEY_PREFIX": "page",
            "TIMEOUT": 60,
        },
    },
    SESSION_ENGINE="django.contrib.sessions.backends.cache",
    SECRET_KEY="not secret",
)
django.setup()

from django.contrib.sessions.backends.cache import SessionStore  # noqa: E402
from django.core.cache import cache, caches  # noqa: E402


def say(what, answer):
    print(what, repr(answer))


pages = caches["pages"]
cache.clear()
pages.clear()
say("set", (cache.set("k", {"name": "Größe", "tags": [1, 2]}), cache.get("k"), cache.get("missing", "default")))
say("add", (cache.add("k", "other"), cache.add("new", 1, timeout=30), cache.get("new")))
say("incr", (cache.incr("new"), cache.incr("new", 40), cache.decr("new"), cache.get("new")))
say("touch", (cache.touch("k", 100), cache.touch("missing"), cache.has_key("k"), "missing" in cache))
say("set_many", (cache.set_many({"a": 1, "b": "zwei", "c": None}, timeout=50), cache.get_many(["a", "b", "c", "d"])))
say("get_or_set", (cache.get_or_set("lazy", lambda: "made"), cache.get_or_set("lazy", lambda: "made again")))
say("delete", (cache.delete("a"), cache.delete("a"), cache.delete_many(["b", "c"]), cache.get("b")))
say("version", (cache.set("k", "two", version=2), cache.get("k", version=2), cache.incr_version("k", version=2)))
say("timeout", (cache.set("never", 1, timeout=0), cache.get("never"), cache.set("ever", 1, timeout=None), cache.get("ever")))
say("other cache", (pages.set("k", "page"), pages.get("k"), cache.get("k")["name"]))
try:
    cache.incr("missing")
except ValueError as error:
    say("error", str(error))

session = SessionStore()
session["user"] = "Anna"
session.set_expiry(300)
session.save()
again = SessionStore(session.session_key)
say("session", (again["user"], again.exists(session.session_key), again.get_expiry_age()))
again["cart"] = ["a", "b"]
again.save()
old = again.session_key
again.cycle_key()
say("cycled", (again["cart"], SessionStore(old).get("user"), SessionStore(again.session_key).get("user")))
again.flush()
say("flushed", (again.session_key, SessionStore(again.session_key).get("user")))

pages.clear()
say("clear", (pages.get("k"), cache.get("lazy")))
print("closed")
