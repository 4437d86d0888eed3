package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.SetArgs;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lettuce with its default settings: one connection, requests in flight, RESP3. */
final class LettuceIT {
  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void stringsAndCounters(Target target) throws Exception {
    with(
        target,
        connection -> {
          RedisCommands<String, String> redis = connection.sync();
          assertThat(redis.ping()).isEqualTo("PONG");
          assertThat(redis.set("k", "größer")).isEqualTo("OK");
          assertThat(redis.get("k")).isEqualTo("größer");
          assertThat(redis.get("missing")).isNull();
          assertThat(redis.set("k", "w", SetArgs.Builder.nx())).isNull();
          assertThat(redis.setGet("k", "w")).isEqualTo("größer");
          assertThat(redis.mset(Map.of("a", "1", "b", "2"))).isEqualTo("OK");
          assertThat(redis.mget("a", "missing"))
              .containsExactly(KeyValue.just("a", "1"), KeyValue.empty("missing"));
          assertThat(redis.incrby("a", 41)).isEqualTo(42);
          assertThat(redis.incrbyfloat("a", 0.5)).isEqualTo(42.5);
          assertThat(redis.getdel("a")).isEqualTo("42.5");
          assertThat(redis.strlen("k")).isEqualTo(1);
          assertThat(redis.setbit("bits", 3, 1)).isZero();
          assertThat(redis.bitcount("bits")).isEqualTo(1);
          assertThatThrownBy(() -> redis.incr("k"))
              .isInstanceOf(RedisCommandExecutionException.class)
              .hasMessage("ERR value is not an integer or out of range");
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void timesToLiveAndScan(Target target) throws Exception {
    with(
        target,
        connection -> {
          RedisCommands<String, String> redis = connection.sync();
          redis.set("s", "v", SetArgs.Builder.ex(100));
          assertThat(redis.ttl("s")).isBetween(99L, 100L);
          assertThat(redis.persist("s")).isTrue();
          assertThat(redis.expire("s", 50)).isTrue();
          assertThat(redis.pttl("s")).isBetween(40_000L, 50_000L);
          assertThat(redis.unlink("s", "missing")).isEqualTo(1);
          for (int i = 0; i < 500; i++) {
            redis.set("key:" + i, "v");
          }
          Set<String> found = new HashSet<>();
          ScanCursor cursor = ScanCursor.INITIAL;
          while (!cursor.isFinished()) {
            KeyScanCursor<String> next = redis.scan(cursor, ScanArgs.Builder.matches("key:*"));
            found.addAll(next.getKeys());
            cursor = next;
          }
          assertThat(found).hasSize(500);
          assertThat(redis.dbsize()).isEqualTo(500);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void requestsInFlight(Target target) throws Exception {
    with(
        target,
        connection -> {
          RedisAsyncCommands<String, String> redis = connection.async();
          List<RedisFuture<Long>> answers = new ArrayList<>();
          for (int i = 0; i < 20_000; i++) {
            answers.add(redis.incr("n"));
          }
          for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).toCompletableFuture().join()).isEqualTo(i + 1);
          }
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void transactionsAndTheConnection(Target target) throws Exception {
    with(
        target,
        connection -> {
          RedisCommands<String, String> redis = connection.sync();
          redis.multi();
          redis.set("k", "1");
          redis.incr("k");
          redis.mget("k", "missing");
          TransactionResult result = redis.exec();
          assertThat(result.wasDiscarded()).isFalse();
          assertThat(result.<String>get(0)).isEqualTo("OK");
          assertThat(result.<Long>get(1)).isEqualTo(2);

          assertThat(redis.clientSetname("me")).isEqualTo("OK");
          assertThat(redis.clientGetname()).isEqualTo("me");
          assertThat(redis.clientList()).contains("name=me");
          assertThat(redis.clientId()).isPositive();
          assertThat(redis.configGet("databases")).containsEntry("databases", "16");
          assertThat(redis.info()).contains("redis_version:", "# Keyspace");
          assertThat(redis.command()).isNotEmpty();
          assertThat(redis.select(3)).isEqualTo("OK");
          assertThat(redis.get("k")).isNull();
        });
  }

  private static void with(Target target, Consumer<StatefulRedisConnection<String, String>> action)
      throws Exception {
    try (ServerProcess server = target.start();
        RedisClient client = RedisClient.create("redis://127.0.0.1:" + server.port());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      action.accept(connection);
    }
  }
}
