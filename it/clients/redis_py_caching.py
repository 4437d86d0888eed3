"""Client-side caching of redis-py: it keeps what it has read and is told by the server what has changed."""

import sys
import time

import redis
from redis.cache import CacheConfig
from redis.connection import CacheProxyConnection

# redis-py would refuse a Redis before 7.4 otherwise; the protocol is the same since 6.0.
CacheProxyConnection.MIN_ALLOWED_VERSION = "6.0.0"


def say(what, answer):
    print(what, repr(answer))


def read(what, call):
    """Reads when the news of earlier writes must have come, and tells whether the server was asked."""
    time.sleep(0.1)
    before = commands()
    answer = call()
    asked = commands() - before - 1
    say(what, (answer, "asked" if asked else "kept"))


def commands():
    return other.info("stats")["total_commands_processed"]


other = redis.from_url(sys.argv[1], decode_responses=True)
other.flushdb()
client = redis.from_url(sys.argv[1], protocol=3, decode_responses=True, cache_config=CacheConfig(max_size=100))
cache = client.get_cache()
client.ping()

other.set("k", "1")
read("first", lambda: client.get("k"))
read("second", lambda: client.get("k"))
other.set("k", "größer €")
read("after a write", lambda: client.get("k"))
read("again", lambda: client.get("k"))
client.set("k", "its own")
read("after its own write", lambda: client.get("k"))

other.mset({"a": 1, "b": 2})
read("mget", lambda: client.mget("a", "b", "missing"))
read("mget again", lambda: client.mget("a", "b", "missing"))
other.incr("b")
read("mget after incr", lambda: client.mget("a", "b", "missing"))
other.set("missing", "there")
read("mget after a new key", lambda: client.mget("a", "b", "missing"))

other.hset("h", mapping={"name": "Anna", "age": 7})
read("hgetall", lambda: client.hgetall("h"))
read("hget", lambda: client.hget("h", "name"))
read("hget again", lambda: client.hget("h", "name"))
other.hincrby("h", "age")
read("hgetall after hincrby", lambda: client.hgetall("h"))
other.hdel("h", "name")
read("hget after hdel", lambda: client.hget("h", "name"))

other.set("brief", "x", px=1000)
read("brief", lambda: client.get("brief"))
time.sleep(1.5)
read("expired", lambda: client.get("brief"))
read("before del", lambda: client.get("a"))
other.delete("a")
read("after del", lambda: client.get("a"))
read("before rename", lambda: client.get("b"))
other.rename("b", "c")
read("after rename", lambda: client.get("b"))
other.expire("k", 100)
read("after expire", lambda: client.get("k"))

other.set("last", "1")
client.get("last")
other.flushdb()
read("after flushdb", lambda: (client.get("last"), client.get("k"), client.hgetall("h")))

for i in range(300):
    client.set(f"key:{i}", i)
    client.get(f"key:{i}")
say("bounded", cache.size)
with client.pipeline(transaction=False) as pipeline:
    pipeline.get("key:299").incr("key:299").get("key:299")
    say("pipeline", pipeline.execute())
read("after the pipeline", lambda: client.get("key:299"))

client.close()
other.close()
print("closed")
