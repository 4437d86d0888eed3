package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limit of memory and what goes when it is reached, as clients see it. */
final class EvictionTest {

  private static final String OOM =
      "(error) OOM command not allowed when used memory > 'maxmemory'.";
  private static final long LIMIT = 2 << 20;
  private static final String VALUE = "v".repeat(1000);

  private final Console redis = new Console();

  EvictionTest() {
    set("maxmemory", Long.toString(LIMIT));
  }

  private void set(String setting, String value) {
    assertThat(redis.run("CONFIG", "SET", setting, value)).isEqualTo("OK");
  }

  private long used() {
    return redis.services().memory().used();
  }

  private String info(String field) {
    String text = redis.raw("INFO");
    int at = text.indexOf("\r\n" + field + ":") + field.length() + 3;
    return text.substring(at, text.indexOf('\r', at));
  }

  private void fill() {
    fill(redis, "fill");
  }

  private static void fill(Console client, String prefix) {
    int i = 0;
    while (client.run("SET", prefix + i++, VALUE).equals("OK")) {
      assertThat(i).isLessThan(100_000);
    }
  }

  @Test
  void noeviction_refusesWhatMayTakeMemory_andLetsTheRestGoOn() {
    fill();

    assertThat(used()).isBetween(LIMIT * 9 / 10, LIMIT * 101 / 100);
    assertThat(redis.run("SET", "one-more-key", VALUE)).isEqualTo(OOM);
    assertThat(redis.run("APPEND", "fill0", VALUE + VALUE)).isEqualTo(OOM);
    assertThat(redis.run("HSET", "h", "f", VALUE)).isEqualTo(OOM);
    assertThat(redis.run("GET", "fill0")).isEqualTo("\"" + VALUE + "\"");
    assertThat(redis.run("DEL", "fill0", "fill1", "fill2", "fill3")).isEqualTo("(integer) 4");
    redis.advance(1000);
    assertThat(redis.run("SET", "one-more-key", VALUE)).isEqualTo("OK");
  }

  @Test
  void transaction_isRefusedAsInRedis() {
    redis.run("MULTI");
    redis.run("SET", "a", VALUE);
    redis.run("GET", "a");
    Console other = redis.other();
    fill(other, "fill");

    assertThat(redis.run("EXEC"))
        .isEqualTo(
            "(error) EXECABORT Transaction discarded because of: OOM command not allowed when used memory"
                + " > 'maxmemory'.");
    fill(other, "again");
    redis.run("MULTI");
    assertThat(redis.run("SET", "a", VALUE + VALUE)).isEqualTo(OOM);
    assertThat(redis.run("EXEC"))
        .isEqualTo("(error) EXECABORT Transaction discarded because of previous errors.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allkeys-lru",
        "allkeys-lfu",
        "allkeys-lrm",
        "allkeys-random",
        "volatile-lru",
        "volatile-lfu",
        "volatile-lrm",
        "volatile-random",
        "volatile-ttl"
      })
  void limit_holdsWithSizesOfAllKinds(String policy) {
    set("maxmemory-policy", policy);
    Random random = new Random(7);
    for (int i = 0; i < 5000; i++) {
      String value = "x".repeat(random.nextInt(10, 100_000));
      assertThat(redis.run("SET", "k" + random.nextInt(3000), value, "EX", "1000"))
          .as("%s %d", policy, i)
          .isEqualTo("OK");
      assertThat(used()).as("%s %d", policy, i).isLessThan(LIMIT * 105 / 100);
      if (i % 100 == 0) {
        redis.advance(100);
      }
    }
    assertThat(Long.parseLong(info("evicted_keys"))).isPositive();
    assertThat(used()).as(policy).isGreaterThan(LIMIT / 2);
  }

  @Test
  void threeKeysInManyShards_canBeEvicted() {
    set("maxmemory-policy", "allkeys-lru");
    String large = "x".repeat((int) LIMIT * 2 / 7);
    for (int i = 0; i < 20; i++) {
      assertThat(redis.run("SET", "large" + i, large)).as("key %d", i).isEqualTo("OK");
      redis.advance(1000);
    }
    assertThat(redis.run("EXISTS", "large19", "large18")).isEqualTo("(integer) 2");
    assertThat(redis.run("DBSIZE")).isIn("(integer) 2", "(integer) 3");
  }

  @Test
  void volatilePolicies_neverTakeAKeyThatDoesNotExpire() {
    set("maxmemory-policy", "volatile-random");
    fill();

    assertThat(info("evicted_keys")).isEqualTo("0");
    redis.run("EXPIRE", "fill3", "100");
    assertThat(redis.run("SET", "more", VALUE)).isEqualTo("OK");
    assertThat(redis.run("EXISTS", "fill3")).isEqualTo("(integer) 0");
    assertThat(info("evicted_keys")).isEqualTo("1");
  }

  @Test
  void volatileTtl_takesWhatExpiresFirst() {
    set("maxmemory-policy", "volatile-ttl");
    for (int i = 0; i < 3000; i++) {
      redis.run("SET", "k" + i, VALUE, "EX", Integer.toString(10_000 - i));
    }
    int late = 0;
    for (int i = 0; i < 500; i++) {
      late += redis.run("EXISTS", "k" + i).equals("(integer) 1") ? 1 : 0;
    }
    assertThat(late).as("those that expire last stay").isGreaterThan(475);
  }

  @Test
  void lru_keepsWhatIsRead() {
    set("maxmemory-policy", "allkeys-lru");
    assertThat(survivors(100)).isGreaterThan(90);
  }

  @Test
  void lfu_keepsWhatIsReadOften() {
    set("maxmemory-policy", "allkeys-lfu");
    assertThat(survivors(100)).isGreaterThan(90);
  }

  @Test
  void s3fifo_keepsWhatIsReadOften() {
    set("maxmemory-policy", "allkeys-s3fifo");
    assertThat(survivors(100)).isGreaterThan(90);
  }

  @Test
  void tinylfu_keepsWhatIsReadOften() {
    set("maxmemory-policy", "allkeys-tinylfu");
    assertThat(survivors(100)).isGreaterThan(90);
  }

  @ParameterizedTest
  @ValueSource(strings = {"allkeys-s3fifo", "allkeys-tinylfu"})
  void queues_forgetKeysThatAreDeletedOrFlushed(String policy) {
    set("maxmemory-policy", policy);
    fill(3000);
    for (int i = 0; i < 20_000; i++) {
      redis.run("SET", "temporary" + i, VALUE);
      redis.run("DEL", "temporary" + i);
    }
    assertThat(used()).isLessThan(LIMIT * 105 / 100);
    redis.run("FLUSHALL");
    assertThat(used()).isLessThan(LIMIT / 10);
    fill(3000);
    assertThat(used()).isBetween(LIMIT * 8 / 10, LIMIT * 105 / 100);
  }

  @Test
  void requestsOfAnySize_areRefusedWhileMoreIsUsedThanMayBe() {
    set("maxmemory", "1");
    assertThat(redis.run("SET", "small", "v")).isEqualTo(OOM);
    assertThat(redis.run("SET", "large", "v".repeat(200_000))).isEqualTo(OOM);
  }

  @Test
  void policy_mayChangeInATransaction() {
    fill(3000);
    set("maxmemory-policy", "allkeys-lru");
    fill(2000);
    redis.run("MULTI");
    redis.run("SET", "a", "b");
    redis.run("CONFIG", "SET", "maxmemory-policy", "allkeys-s3fifo");
    redis.run("SET", "c", "d");
    assertThat(redis.run("EXEC")).isEqualTo("[OK, OK, OK]");
    fill(4000);
    set("maxmemory-policy", "allkeys-lfu");
    fill(5000);
    assertThat(used()).isBetween(LIMIT * 8 / 10, LIMIT * 105 / 100);
  }

  @Test
  void lrm_doesNotMindWhatIsRead() {
    set("maxmemory-policy", "allkeys-lrm");
    assertThat(survivors(100)).isLessThan(50);
  }

  /** How many of so many keys, which are read again and again, stay while thousands come. */
  private int survivors(int count) {
    for (int i = 0; i < count; i++) {
      redis.run("SET", "hot" + i, VALUE);
    }
    for (int i = 0; i < 4000; i++) {
      if (i % 40 == 0) {
        redis.advance(15_000);
        for (int j = 0; j < count; j++) {
          redis.run("GET", "hot" + j);
        }
      }
      redis.run("SET", "cold" + i, VALUE);
    }
    int there = 0;
    for (int i = 0; i < count; i++) {
      there += redis.run("EXISTS", "hot" + i).equals("(integer) 1") ? 1 : 0;
    }
    return there;
  }

  @Test
  void eviction_isToldAsAnEvent_andTouchesWatchedKeys() {
    set("maxmemory-policy", "allkeys-random");
    set("notify-keyspace-events", "Ee");
    redis.run("SET", "victim", VALUE);
    redis.run("WATCH", "victim");
    Console other = redis.other();
    for (int i = 0; other.run("EXISTS", "victim").equals("(integer) 1"); i++) {
      assertThat(i).isLessThan(100_000);
      other.run("SET", "k" + i, VALUE);
    }

    assertThat(redis.takeEvents()).contains("__keyevent@0__:evicted victim");
    redis.run("MULTI");
    redis.run("PING");
    assertThat(redis.run("EXEC")).isEqualTo("(nil)");
  }

  @Test
  void keysOfAllDatabases_areEvicted() {
    set("maxmemory-policy", "allkeys-random");
    redis.run("SELECT", "3");
    for (int i = 0; i < 500; i++) {
      redis.run("SET", "k" + i, VALUE);
    }
    redis.run("SELECT", "0");
    for (int i = 0; i < 5000; i++) {
      assertThat(redis.run("SET", "k" + i, VALUE)).isEqualTo("OK");
    }
    redis.run("SELECT", "3");
    assertThat(Integer.parseInt(redis.run("DBSIZE").substring(10))).isLessThan(100);
  }

  @Test
  void lowerLimit_isReachedByAndBy() {
    set("maxmemory-policy", "allkeys-lru");
    fill(2000);
    set("maxmemory", Long.toString(LIMIT / 2));
    for (int i = 0; i < 50; i++) {
      assertThat(redis.run("SET", "k" + i, VALUE)).isEqualTo("OK");
    }
    assertThat(used()).isLessThan(LIMIT / 2 * 105 / 100);
  }

  private void fill(int count) {
    for (int i = 0; i < count; i++) {
      redis.run("SET", "fill" + i, VALUE);
    }
  }

  @Test
  void objectFreq_countsUsesOnlyWithAnLfuPolicy() {
    redis.run("SET", "k", "v");
    assertThat(redis.run("OBJECT", "FREQ", "k"))
        .startsWith("(error) ERR An LFU maxmemory policy is not");
    assertThat(redis.run("OBJECT", "IDLETIME", "k")).isEqualTo("(integer) 0");
    set("maxmemory-policy", "allkeys-lfu");
    redis.run("SET", "new", "v");
    assertThat(redis.run("OBJECT", "FREQ", "new")).isEqualTo("(integer) 5");
    assertThat(redis.run("OBJECT", "IDLETIME", "new"))
        .startsWith("(error) ERR An LFU maxmemory policy is selected, idle time not tracked.");
    for (int i = 0; i < 1000; i++) {
      redis.run("GET", "new");
    }
    int often = Integer.parseInt(redis.run("OBJECT", "FREQ", "new").substring(10));
    assertThat(often).isBetween(12, 28);
    redis.advance(5 * 60_000);
    redis.run("PING");
    assertThat(redis.run("OBJECT", "FREQ", "new")).isEqualTo("(integer) " + (often - 5));
  }
}
