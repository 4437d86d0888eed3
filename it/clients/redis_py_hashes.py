"""Hashes with redis-py and its default settings; prints every answer."""

import sys

import redis


def say(what, answer):
    print(what, repr(answer))


for protocol in (3, 2):
    say("RESP", protocol)
    client = redis.from_url(sys.argv[1], protocol=protocol, decode_responses=True)
    client.flushdb()
    say("hset", (client.hset("h", "name", "Anna"), client.hset("h", mapping={"name": "Größe", "age": 7, "": "x"})))
    say("hsetnx", (client.hsetnx("h", "name", "Ben"), client.hsetnx("h", "new", "1")))
    say("hget", (client.hget("h", "name"), client.hget("h", "missing"), client.hget("missing", "f")))
    say("hmget", client.hmget("h", "age", "missing", "new"))
    say("hgetall", (sorted(client.hgetall("h").items()), client.hgetall("missing")))
    say("hkeys", (sorted(client.hkeys("h")), sorted(client.hvals("h")), client.hlen("h")))
    say("hincrby", (client.hincrby("h", "age", 35), client.hincrbyfloat("h", "age", 0.5), client.hget("h", "age")))
    say("hexists", (client.hexists("h", "age"), client.hexists("h", "missing"), client.hstrlen("h", "name")))
    say("hdel", (client.hdel("h", "age", "missing", "new"), client.hdel("h", "name", ""), client.exists("h")))
    client.hset("many", mapping={f"field:{i}": i for i in range(1000)})
    say("encoding", client.object("encoding", "many"))
    say("hscan", len(dict(client.hscan_iter("many", count=50))))
    say("hscan match", sorted(client.hscan_iter("many", match="field:99?", count=1000)))
    say("hrandfield", (client.hrandfield("many") in client.hkeys("many"), len(client.hrandfield("many", 5)), len(client.hrandfield("many", -5, withvalues=True))))
    client.set("string", "x")
    for call in (lambda: client.hget("string", "f"), lambda: client.hincrby("many", "field:1", "x"), lambda: client.hset("string", "f", "v")):
        try:
            say("no error", call())
        except redis.RedisError as error:
            say("error", (type(error).__name__, str(error)))
    client.close()
print("closed")
