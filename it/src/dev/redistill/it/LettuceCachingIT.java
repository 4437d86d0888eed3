package dev.redistill.it;

import static dev.redistill.it.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.TrackingInfo;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.support.caching.CacheAccessor;
import io.lettuce.core.support.caching.CacheFrontend;
import io.lettuce.core.support.caching.ClientSideCaching;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lettuce keeps what it has read and is told by the server what has changed. */
final class LettuceCachingIT {

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void aMapInFrontOfTheServer(Target target) throws Exception {
    with(
        target,
        (near, far) -> {
          Map<String, String> local = new ConcurrentHashMap<>();
          RedisCommands<String, String> writer = far.sync();
          try (CacheFrontend<String, String> cache =
              ClientSideCaching.enable(
                  CacheAccessor.forMap(local), near, TrackingArgs.Builder.enabled())) {
            writer.set("k", "1");
            assertThat(cache.get("k")).isEqualTo("1");
            assertThat(local).containsExactly(Map.entry("k", "1"));
            writer.set("k", "2");
            eventually("a write is told", () -> !local.containsKey("k"));
            assertThat(cache.get("k")).isEqualTo("2");
            writer.del("k");
            eventually("a deletion is told", () -> !local.containsKey("k"));
            assertThat(cache.get("k")).isNull();
            writer.set("brief", "x", SetArgs.Builder.px(1_000));
            assertThat(cache.get("brief")).isEqualTo("x");
            eventually("an expiry is told", () -> !local.containsKey("brief"));
            assertThat(cache.get("loaded", () -> "value")).isEqualTo("value");
            assertThat(writer.get("loaded")).isEqualTo("value");
          }
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void manyKeys(Target target) throws Exception {
    with(
        target,
        (near, far) -> {
          Map<String, String> local = new ConcurrentHashMap<>();
          try (CacheFrontend<String, String> cache =
              ClientSideCaching.enable(
                  CacheAccessor.forMap(local), near, TrackingArgs.Builder.enabled())) {
            for (int i = 0; i < 1_000; i++) {
              far.sync().set("key:" + i, "v");
              assertThat(cache.get("key:" + i)).isEqualTo("v");
            }
            for (int i = 0; i < 1_000; i += 2) {
              far.sync().set("other:" + i, "v");
              far.sync().append("key:" + i, "w");
            }
            eventually("half of them are told", () -> local.size() == 500);
            assertThat(cache.get("key:998")).isEqualTo("vw");
            assertThat(local).doesNotContainKey("key:0").containsKey("key:1");
          }
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void whatWasRead(Target target) throws Exception {
    with(
        target,
        (near, far) -> {
          RedisCommands<String, String> reader = near.sync();
          RedisCommands<String, String> writer = far.sync();
          Told told = new Told(near);
          reader.clientTracking(TrackingArgs.Builder.enabled().noloop());
          reader.mget("a", "b");
          reader.set("a", "mine");
          writer.set("b", "theirs");
          writer.set("b", "told once");
          assertThat(told.next()).isEqualTo("[b]");
          reader.hgetall("h");
          writer.hset("h", "f", "v");
          assertThat(told.next()).isEqualTo("[h]");
          reader.get("x");
          writer.flushall();
          assertThat(told.next()).isEqualTo("null");
          assertThat(reader.clientTracking(TrackingArgs.Builder.enabled(false))).isEqualTo("OK");
          reader.get("x");
          writer.set("x", "nobody is told");
          assertThat(reader.get("x")).isEqualTo("nobody is told");
          assertThat(told.queue).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void prefixes(Target target) throws Exception {
    with(
        target,
        (near, far) -> {
          RedisCommands<String, String> reader = near.sync();
          RedisCommands<String, String> writer = far.sync();
          Told told = new Told(near);
          reader.clientTracking(TrackingArgs.Builder.enabled().bcast().prefixes("user:", "page:"));
          writer.set("other", "1");
          writer.set("user:7", "1");
          assertThat(told.next()).isEqualTo("[user:7]");
          writer.unlink("user:7");
          assertThat(told.next()).isEqualTo("[user:7]");
          TrackingInfo info = reader.clientTrackinginfo();
          assertThat(info.getPrefixes()).containsExactlyInAnyOrder("user:", "page:");
          assertThat(info.getFlags())
              .containsExactlyInAnyOrder(
                  TrackingInfo.TrackingFlag.ON, TrackingInfo.TrackingFlag.BCAST);
          assertThat(reader.clientGetredir()).isZero();
          assertThat(told.queue).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void whatWasAskedFor(Target target) throws Exception {
    with(
        target,
        (near, far) -> {
          RedisCommands<String, String> reader = near.sync();
          RedisCommands<String, String> writer = far.sync();
          Told told = new Told(near);
          reader.clientTracking(TrackingArgs.Builder.enabled().optin());
          reader.get("not kept");
          assertThat(reader.clientCaching(true)).isEqualTo("OK");
          reader.get("kept");
          writer.set("not kept", "1");
          writer.set("kept", "1");
          assertThat(told.next()).isEqualTo("[kept]");
          reader.clientTracking(TrackingArgs.Builder.enabled(false));

          reader.clientTracking(TrackingArgs.Builder.enabled().optout());
          reader.get("kept");
          reader.clientCaching(false);
          reader.get("not kept");
          writer.del("not kept");
          writer.del("kept");
          assertThat(told.next()).isEqualTo("[kept]");
          assertThat(reader.ping()).isEqualTo("PONG");
          assertThat(told.queue).isEmpty();
        });
  }

  /** The invalidations that have reached a connection. */
  private static final class Told {
    final BlockingQueue<String> queue = new LinkedBlockingQueue<>();

    Told(StatefulRedisConnection<String, String> connection) {
      connection.addListener(message -> {
        List<Object> content = new ArrayList<>(message.getContent(StringCodec.UTF8::decodeKey));
        queue.add(content.get(0) + " " + content.get(1));
      });
    }

    String next() throws InterruptedException {
      String message = queue.poll(10, TimeUnit.SECONDS);
      assertThat(message).startsWith("invalidate ");
      return String.valueOf(message).substring("invalidate ".length());
    }
  }

  private interface Action {
    void run(
        StatefulRedisConnection<String, String> near, StatefulRedisConnection<String, String> far)
        throws Exception;
  }

  private static void with(Target target, Action action) throws Exception {
    try (ServerProcess server = target.start();
        RedisClient client = RedisClient.create("redis://127.0.0.1:" + server.port());
        StatefulRedisConnection<String, String> near = client.connect();
        StatefulRedisConnection<String, String> far = client.connect()) {
      action.run(near, far);
    }
  }
}
