"""Publishing, subscribing and keyspace events with redis-py; prints every message."""

import sys

import redis


def say(what, answer):
    print(what, repr(answer))


def messages(pubsub, count):
    """The next messages, without the pattern or the kind where these say nothing new."""
    got = []
    while len(got) < count:
        message = pubsub.get_message(timeout=10)
        if message is None:
            sys.exit(f"{count} messages, not {got}")
        got.append((message["type"], message["pattern"], message["channel"], message["data"]))
    return got


for protocol in (3, 2):
    say("RESP", protocol)
    client = redis.from_url(sys.argv[1], protocol=protocol, decode_responses=True)
    client.flushall()

    with client.pubsub() as pubsub, client.pubsub(ignore_subscribe_messages=True) as second:
        pubsub.subscribe("news", "weather")
        pubsub.psubscribe("n?ws")
        say("subscribe", messages(pubsub, 3))
        second.subscribe(news=lambda message: say("handler", message["data"]))
        second.get_message(timeout=10)
        say("publish", client.publish("news", "größer €"))
        say("messages", messages(pubsub, 2))
        second.get_message(timeout=10)
        pubsub.ssubscribe("shard")
        say("ssubscribe", messages(pubsub, 1))
        say("spublish", client.spublish("shard", "one"))
        say("shard message", (pubsub.get_sharded_message(timeout=10) or {}).get("data"))
        say("channels", sorted(client.pubsub_channels()))
        say("numsub", client.pubsub_numsub("news", "nobody"))
        say("numpat", client.pubsub_numpat())
        say("shard channels", (client.pubsub_shardchannels(), client.pubsub_shardnumsub("shard")))
        for i in range(1000):
            client.publish("weather", i)
        say("in order", [data for *_, data in messages(pubsub, 1000)] == [str(i) for i in range(1000)])
        pubsub.unsubscribe()
        pubsub.punsubscribe()
        say("unsubscribe", sorted((kind, channel) for kind, _, channel, _ in messages(pubsub, 3)))

    client.config_set("notify-keyspace-events", "KEA")
    with client.pubsub(ignore_subscribe_messages=True) as events:
        events.psubscribe("__key*__:*")
        events.get_message(timeout=10)
        client.set("k", "v", ex=100)
        say("set", messages(events, 4))
        client.hset("h", mapping={"a": 1, "b": 2})
        client.hincrby("h", "a")
        client.hdel("h", "a", "b")
        say("hash", messages(events, 8))
        client.rename("k", "other")
        say("rename", messages(events, 4))
        client.set("brief", "x", px=20)
        say("brief", messages(events, 4))
        say("expired", messages(events, 2))
        client.delete("other", "missing")
        say("del", messages(events, 2))
    client.config_set("notify-keyspace-events", "")
    client.close()
print("closed")
