"""What an application does with redis-py and its default settings; prints every answer."""

import sys

import redis


def say(what, answer):
    print(what, repr(answer))


def failure(call):
    try:
        return call()
    except redis.RedisError as error:
        return type(error).__name__, str(error)


client = redis.from_url(sys.argv[1])
say("ping", client.ping())
say("flush", client.flushdb())

say("set", client.set("greeting", "hello"))
say("get", client.get("greeting"))
say("get missing", client.get("missing"))
say("set nx", client.set("greeting", "other", nx=True))
say("set get", client.set("greeting", "bye", get=True))
say("append", client.append("greeting", " now"))
say("getrange", client.getrange("greeting", 0, 2))
say("setrange", client.setrange("greeting", 4, "NOW"))
say("mset", client.mset({"a": 1, "b": 2, "c": 3}))
say("msetnx", client.msetnx({"c": 1, "d": 2}))
say("mget", client.mget("a", "missing", "c"))
say("binary", (client.set(b"\x00\xff", b"\r\n\x00"), client.get(b"\x00\xff")))
say("getdel", client.getdel(b"\x00\xff"))
say("lcs", client.lcs("a", "b", len=True))

say("incr", client.incr("counter"))
say("incr by", client.incr("counter", 41))
say("decr", client.decr("counter"))
say("incrbyfloat", client.incrbyfloat("counter", 0.5))

say("setex", client.setex("session", 100, "data"))
say("ttl", client.ttl("session"))
say("persist", client.persist("session"))
say("expire", client.expire("session", 200, nx=True))
say("expire again", client.expire("session", 100, gt=True))
say("expireat", client.expireat("session", 9999999999))
say("expiretime", client.expiretime("session"))
say("getex", client.getex("session", persist=True))
say("exists", client.exists("session", "missing", "a"))
say("type", client.type("a"))
say("delete", client.delete("session", "missing"))
say("copy", client.copy("a", "copied"))
say("touch", client.touch("a", "missing"))

say("scan", sorted(client.scan_iter(match="[abc]", count=2)))
say("keys", sorted(client.keys("*")))
say("dbsize", client.dbsize())

with client.pipeline(transaction=False) as pipeline:
    for i in range(1000):
        pipeline.incrby("many", i)
    say("pipeline", pipeline.execute()[-1])
with client.pipeline() as pipeline:
    pipeline.set("m", 1).incr("m").get("m").mget("m", "missing")
    say("transaction", pipeline.execute())
with client.pipeline() as pipeline:
    pipeline.incr("greeting").get("b")
    say("transaction with an error", [str(answer) for answer in pipeline.execute(raise_on_error=False)])
with client.pipeline() as pipeline:
    pipeline.watch("m")
    client.set("m", "changed")
    pipeline.multi()
    pipeline.set("m", 9)
    say("watch", failure(pipeline.execute)[0])
say("transaction helper", client.transaction(lambda pipe: (pipe.multi(), pipe.set("t", 1), pipe.get("t")), "t"))

say("bits", (client.setbit("bits", 7, 1), client.getbit("bits", 7), client.bitcount("bits"), client.bitpos("bits", 1)))
say("bitfield", client.bitfield("bits").set("u8", 0, 200).get("u4", 0).execute())
say("bitop", client.bitop("NOT", "flipped", "bits"))
say("error", failure(lambda: client.incr("greeting")))
say("unknown", failure(lambda: client.execute_command("NOSUCHCOMMAND", "x")))
say("config get", client.config_get("databases"))
say("object", client.object("encoding", "a"))
say("setname", (client.client_setname("me"), client.client_getname()))
say("client", client.client_info()["db"])
say("clients", len(client.client_list()) >= 1)
say("info", client.info()["redis_mode"])
say("memory", client.memory_usage("a") > 0)
say("time", len(client.time()))
say("command", client.command_count() > 0)
say("rename", (client.rename("a", "z"), client.get("z")))
say("move", (client.move("z", 3), client.exists("z")))

three = redis.from_url(sys.argv[1], db=3, decode_responses=True, client_name="three")
say("other database", (three.get("z"), three.client_getname(), three.dbsize()))
three.flushdb()
three.close()
if int(redis.__version__.split(".")[0]) >= 5:  # earlier ones speak nothing else
    old = redis.from_url(sys.argv[1], protocol=2)
    say("RESP2", (old.get("b"), old.config_get("databases")))
    old.close()
client.close()
print("closed")
