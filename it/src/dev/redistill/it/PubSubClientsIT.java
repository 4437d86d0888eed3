package dev.redistill.it;

import static dev.redistill.it.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.sync.RedisPubSubCommands;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisClient;

/** Publishing and subscribing with Jedis and Lettuce. */
final class PubSubClientsIT {
  private final BlockingQueue<String> got = new LinkedBlockingQueue<>();

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void jedis(Target target) throws Exception {
    try (ExecutorService subscribers = Executors.newVirtualThreadPerTaskExecutor();
        ServerProcess server = target.start();
        RedisClient client = RedisClient.create("127.0.0.1", server.port());
        Jedis publisher = new Jedis("127.0.0.1", server.port())) {
      JedisPubSub news = new Listener();
      JedisPubSub patterns = new Listener();
      Future<?> first = subscribers.submit(() -> client.subscribe(news, "news"));
      assertThat(next()).isEqualTo("+news 1");
      Future<?> second = subscribers.submit(() -> client.psubscribe(patterns, "n?ws", "w*"));
      assertThat(List.of(next(), next())).containsExactly("+n?ws 1", "+w* 2");

      assertThat(publisher.publish("news", "größer €")).isEqualTo(2);
      assertThat(List.of(next(), next()))
          .containsExactlyInAnyOrder("news: größer €", "n?ws/news: größer €");
      news.subscribe("weather");
      assertThat(next()).isEqualTo("+weather 2");
      assertThat(client.publish("weather", "rain")).isEqualTo(2);
      assertThat(List.of(next(), next()))
          .containsExactlyInAnyOrder("weather: rain", "w*/weather: rain");
      assertThat(publisher.pubsubChannels()).containsExactlyInAnyOrder("news", "weather");
      assertThat(publisher.pubsubNumPat()).isEqualTo(2);
      assertThat(publisher.pubsubNumSub("news", "nobody"))
          .isEqualTo(Map.of("news", 1L, "nobody", 0L));

      patterns.punsubscribe("w*");
      assertThat(next()).isEqualTo("-w* 1");
      news.unsubscribe();
      assertThat(List.of(next(), next()))
          .anyMatch(left -> left.endsWith(" 1"))
          .anyMatch(left -> left.endsWith(" 0"));
      patterns.punsubscribe();
      assertThat(next()).isEqualTo("-n?ws 0");
      first.get(10, TimeUnit.SECONDS);
      second.get(10, TimeUnit.SECONDS);
      assertThat(client.publish("news", "nobody listens")).isZero();
      assertThat(client.set("k", "v")).isEqualTo("OK");
    }
  }

  /** Puts what reaches it into the queue. */
  private final class Listener extends JedisPubSub {
    @Override
    public void onMessage(String channel, String message) {
      got.add(channel + ": " + message);
    }

    @Override
    public void onPMessage(String pattern, String channel, String message) {
      got.add(pattern + "/" + channel + ": " + message);
    }

    @Override
    public void onSubscribe(String channel, int count) {
      got.add("+" + channel + " " + count);
    }

    @Override
    public void onPSubscribe(String pattern, int count) {
      got.add("+" + pattern + " " + count);
    }

    @Override
    public void onUnsubscribe(String channel, int count) {
      got.add("-" + channel + " " + count);
    }

    @Override
    public void onPUnsubscribe(String pattern, int count) {
      got.add("-" + pattern + " " + count);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void lettuce(Target target) throws Exception {
    try (ServerProcess server = target.start();
        io.lettuce.core.RedisClient client =
            io.lettuce.core.RedisClient.create("redis://127.0.0.1:" + server.port());
        StatefulRedisPubSubConnection<String, String> connection = client.connectPubSub();
        StatefulRedisPubSubConnection<String, String> other = client.connectPubSub()) {
      RedisPubSubCommands<String, String> subscriber = connection.sync();
      RedisPubSubCommands<String, String> publisher = other.sync();
      connection.addListener(new LettuceListener());

      subscriber.subscribe("news", "weather");
      subscriber.psubscribe("n*");
      assertThat(publisher.publish("news", "größer €")).isEqualTo(2);
      assertThat(List.of(next(), next())).containsExactly("news: größer €", "n*/news: größer €");
      subscriber.ssubscribe("shard");
      assertThat(publisher.spublish("shard", "one")).isEqualTo(1);
      assertThat(next()).isEqualTo("shard: one");
      assertThat(publisher.pubsubChannels()).containsExactlyInAnyOrder("news", "weather");
      assertThat(publisher.pubsubNumsub("news")).isEqualTo(Map.of("news", 1L));
      assertThat(publisher.pubsubNumpat()).isEqualTo(1);
      assertThat(publisher.pubsubShardChannels()).containsExactly("shard");
      assertThat(publisher.pubsubShardNumsub("shard")).isEqualTo(Map.of("shard", 1L));
      assertThat(subscriber.set("k", "a subscriber goes on in RESP3")).isEqualTo("OK");

      publisher.clientKill(io.lettuce.core.KillArgs.Builder.typePubsub().skipme());
      eventually(
          "it has subscribed again",
          () ->
              publisher.pubsubNumsub("weather").equals(Map.of("weather", 1L))
                  && publisher.pubsubShardNumsub("shard").equals(Map.of("shard", 1L))
                  && publisher.pubsubNumpat() == 1);
      assertThat(publisher.publish("news", "again")).isEqualTo(2);
      assertThat(List.of(next(), next())).containsExactly("news: again", "n*/news: again");

      subscriber.unsubscribe("news", "weather");
      subscriber.punsubscribe("n*");
      subscriber.sunsubscribe("shard");
      eventually("nobody is left", () -> publisher.publish("news", "x") == 0);
      assertThat(got).isEmpty();
    }
  }

  /** Puts the messages that reach it into the queue. */
  private final class LettuceListener extends RedisPubSubAdapter<String, String> {
    @Override
    public void message(String channel, String message) {
      got.add(channel + ": " + message);
    }

    @Override
    public void message(String pattern, String channel, String message) {
      got.add(pattern + "/" + channel + ": " + message);
    }

    @Override
    public void smessage(String shardChannel, String message) {
      got.add(shardChannel + ": " + message);
    }
  }

  private String next() throws InterruptedException {
    return String.valueOf(got.poll(10, TimeUnit.SECONDS));
  }
}
