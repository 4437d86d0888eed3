package dev.redistill.it;

import static dev.redistill.it.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.csc.Cache;
import redis.clients.jedis.csc.CacheStats;
import redis.clients.jedis.csc.DefaultCache;

/** Jedis keeps what it has read and is told by the server what has changed. */
final class JedisCachingIT {
  /** Jedis would refuse a Redis before 7.4 otherwise; the protocol is the same since 6.0. */
  private static final class CacheForAnyVersion extends DefaultCache {
    CacheForAnyVersion() {
      super(1_000);
    }

    @Override
    public boolean compatibilityMode() {
      return true;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void readsOnceUntilSomebodyWrites(Target target) throws Exception {
    try (ServerProcess server = target.start();
        RedisClient client =
            RedisClient.builder()
                .hostAndPort("127.0.0.1", server.port())
                .cache(new CacheForAnyVersion())
                .build();
        Jedis other = new Jedis("127.0.0.1", server.port())) {
      Cache cache = client.getCache();
      other.set("k", "1");
      assertThat(client.get("k")).isEqualTo("1");
      assertThat(client.get("k")).isEqualTo("1");
      CacheStats first = cache.getAndResetStats();
      assertThat(first.getMissCount()).isEqualTo(1);
      assertThat(first.getHitCount()).isEqualTo(1);

      other.set("k", "2");
      eventually("a write is told", () -> client.get("k").equals("2"));
      CacheStats stats = cache.getAndResetStats();
      assertThat(stats.getMissCount()).isEqualTo(1);
      assertThat(stats.getInvalidationCount()).isEqualTo(1);

      other.hset("h", Map.of("a", "1", "b", "2"));
      assertThat(client.hgetAll("h")).isEqualTo(Map.of("a", "1", "b", "2"));
      assertThat(client.hget("h", "a")).isEqualTo("1");
      assertThat(client.mget("k", "missing")).containsExactly("2", null);
      assertThat(cache.getSize()).isEqualTo(4);
      other.hdel("h", "a");
      eventually("a lost field is told", () -> client.hget("h", "a") == null);
      assertThat(client.hgetAll("h")).isEqualTo(Map.of("b", "2"));

      client.set("k", "its own");
      eventually("its own write is told", () -> client.get("k").equals("its own"));
      other.flushAll();
      eventually("all is gone", () -> client.get("k") == null);
      assertThat(client.hgetAll("h")).isEmpty();
    }
  }
}
