package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.ScanResult;

/** Jedis with its default settings: the pooled client, and a plain connection. */
final class JedisIT {
  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void strings(Target target) throws Exception {
    try (ServerProcess server = target.start();
        RedisClient client = RedisClient.create("127.0.0.1", server.port())) {
      assertThat(client.ping()).isEqualTo("PONG");
      assertThat(client.set("k", "v")).isEqualTo("OK");
      assertThat(client.set("k", "w", SetParams.setParams().nx())).isNull();
      assertThat(client.setGet("k", "größer")).isEqualTo("v");
      assertThat(client.get("k")).isEqualTo("größer");
      assertThat(client.get("missing")).isNull();
      assertThat(client.mset("a", "1", "b", "2")).isEqualTo("OK");
      assertThat(client.mget("a", "missing", "b")).containsExactly("1", null, "2");
      assertThat(client.append("a", "0")).isEqualTo(2);
      assertThat(client.getrange("k", 0, 1)).isEqualTo("gr");
      assertThat(client.getDel("b")).isEqualTo("2");
      assertThat(client.exists("a", "b")).isEqualTo(1);
      assertThat(client.type("a")).isEqualTo("string");
      assertThatThrownBy(() -> client.incr("k"))
          .isInstanceOf(JedisDataException.class)
          .hasMessage("ERR value is not an integer or out of range");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void countersAndTimesToLive(Target target) throws Exception {
    try (ServerProcess server = target.start();
        RedisClient client = RedisClient.create("127.0.0.1", server.port())) {
      assertThat(client.incr("n")).isEqualTo(1);
      assertThat(client.incrBy("n", 41)).isEqualTo(42);
      assertThat(client.decr("n")).isEqualTo(41);
      assertThat(client.incrByFloat("n", 0.5)).isEqualTo(41.5);
      assertThat(client.set("s", "v", SetParams.setParams().ex(100))).isEqualTo("OK");
      assertThat(client.ttl("s")).isBetween(99L, 100L);
      assertThat(client.persist("s")).isEqualTo(1);
      assertThat(client.ttl("s")).isEqualTo(-1);
      assertThat(client.pexpireAt("s", 9_999_999_999_999L)).isEqualTo(1);
      assertThat(client.pexpireTime("s")).isEqualTo(9_999_999_999_999L);
      assertThat(client.setbit("bits", 7, true)).isFalse();
      assertThat(client.bitcount("bits")).isEqualTo(1);
      assertThat(client.bitfield("bits", "GET", "u8", "0")).containsExactly(1L);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void scanReturnsAllKeys(Target target) throws Exception {
    try (ServerProcess server = target.start();
        RedisClient client = RedisClient.create("127.0.0.1", server.port())) {
      List<String> written = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        client.set("key:" + i, "v");
        written.add("key:" + i);
      }
      client.set("other", "v");

      List<String> found = new ArrayList<>();
      String cursor = ScanParams.SCAN_POINTER_START;
      do {
        ScanResult<String> result = client.scan(cursor, new ScanParams().match("key:*").count(50));
        found.addAll(result.getResult());
        cursor = result.getCursor();
      } while (!cursor.equals(ScanParams.SCAN_POINTER_START));

      assertThat(found).containsAll(written).doesNotContain("other");
      assertThat(client.keys("key:1?")).hasSize(10);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void pipelinesAndTransactions(Target target) throws Exception {
    try (ServerProcess server = target.start();
        RedisClient client = RedisClient.create("127.0.0.1", server.port())) {
      List<Response<Long>> answers = new ArrayList<>();
      try (AbstractPipeline pipeline = client.pipelined()) {
        for (int i = 0; i < 5_000; i++) {
          answers.add(pipeline.incr("n"));
        }
      }
      assertThat(answers.get(4_999).get()).isEqualTo(5_000);

      try (AbstractTransaction transaction = client.multi()) {
        Response<String> set = transaction.set("k", "v");
        Response<Long> incremented = transaction.incr("n");
        assertThat(transaction.exec()).containsExactly("OK", 5_001L);
        assertThat(set.get()).isEqualTo("OK");
        assertThat(incremented.get()).isEqualTo(5_001);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void aPlainConnectionWatches(Target target) throws Exception {
    try (ServerProcess server = target.start();
        Jedis jedis = new Jedis("127.0.0.1", server.port());
        Jedis other = new Jedis("127.0.0.1", server.port())) {
      jedis.watch("k");
      other.set("k", "changed");
      Transaction refused = jedis.multi();
      refused.set("k", "mine");
      assertThat(refused.exec()).isNull();

      jedis.clientSetname("me");
      assertThat(jedis.clientGetname()).isEqualTo("me");
      assertThat(jedis.clientInfo()).contains(" name=me ", " db=0 ");
      assertThat(jedis.select(3)).isEqualTo("OK");
      assertThat(jedis.dbSize()).isZero();
      assertThat(jedis.configGet("databases")).containsEntry("databases", "16");
      assertThat(jedis.info("server")).contains("redis_version:");
    }
  }
}
