package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.redistill.command.HotKey;
import dev.redistill.command.LargeKey;
import dev.redistill.command.PrefixFigures;
import dev.redistill.command.Sampler;
import dev.redistill.resp.Ascii;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class InfoKeysTest {

  private final Console console = new Console();
  private final Sampler sampler = new Sampler(console.services());

  private String info(String section) {
    String raw = console.raw("INFO", section);
    return raw.substring(raw.indexOf("\r\n") + 2).strip();
  }

  private List<LargeKey> largeKeys() {
    return console.services().keyFigures().largeKeys(100, console.now());
  }

  private void letTimePass(int ticks) {
    for (int i = 0; i < ticks; i++) {
      console.advance(100);
      sampler.sample();
    }
  }

  @Test
  void prefixes_areCountedExactlyWhileLittleGoesOn() {
    console.run("SET", "user:1", "a");
    console.run("SET", "user:2", "b");
    console.run("GET", "user:1");
    console.run("MGET", "user:1", "user:3", "plain");
    console.run("GET", "page:/x:y");
    assertThat(info("prefixes").lines().map(line -> line.replaceFirst(",bytes=\\d+", "")))
        .containsExactly(
            "# Prefixes",
            "prefix0:prefix=\"user\",hits=2,misses=1,writes=2,evictions=0,keys=2",
            "prefix1:prefix=\"\",hits=0,misses=1,writes=0,evictions=0,keys=0",
            "prefix2:prefix=\"page\",hits=0,misses=1,writes=0,evictions=0,keys=0",
            "prefix_other:hits=0,misses=0,writes=0,evictions=0,keys=0");
  }

  @Test
  void theDelimiter_isASetting() {
    console.run("CONFIG", "SET", "stats-prefix-delimiter", "->");
    console.run("GET", "a->b");
    console.run("GET", "a:b");
    assertThat(info("prefixes"))
        .contains("prefix0:prefix=\"a\",hits=0,misses=1")
        .contains("prefix1:prefix=\"\",hits=0,misses=1");
    console.run("CONFIG", "SET", "stats-prefix-delimiter", "");
    console.run("GET", "a:b");
    assertThat(info("prefixes")).isEqualTo("# Prefixes");
  }

  @Test
  void manyPrefixes_takeNoMoreThanTheirPlaces_andTheRestIsSummedUp() {
    for (int i = 0; i < 150; i++) {
      console.run("GET", "p" + i + ":x");
      console.run("GET", "always:x");
    }
    List<PrefixFigures> prefixes = console.services().keyFigures().prefixes(1000);
    assertThat(prefixes).hasSize(65);
    assertThat(Ascii.text(prefixes.getFirst().name(), 0, 6)).isEqualTo("always");
    assertThat(prefixes.getFirst().misses()).isEqualTo(150);
    assertThat(prefixes.stream().mapToLong(PrefixFigures::misses).sum()).isEqualTo(300);
    assertThat(prefixes.getLast().misses()).isEqualTo(150 - 63);
  }

  @Test
  void keysAndBytesOfAPrefix_areEstimatedWhereThereAreMany() {
    for (int i = 0; i < 20_000; i++) {
      console.run("SET", (i % 4 == 0 ? "large:" : "small:") + i, "x".repeat(i % 4 == 0 ? 400 : 8));
    }
    long large = Long.parseLong(console.raw("MEMORY", "USAGE", "large:10000").substring(1).strip());
    long small = Long.parseLong(console.raw("MEMORY", "USAGE", "small:10001").substring(1).strip());
    for (PrefixFigures each : console.services().keyFigures().prefixes(2).subList(0, 2)) {
      boolean isLarge = each.name()[0] == 'l';
      long keys = isLarge ? 5_000 : 15_000;
      assertThat(each.keys()).isCloseTo(keys, within(1_000L));
      assertThat((double) each.bytes() / (keys * (isLarge ? large : small))).isBetween(0.8, 1.2);
    }
  }

  @Test
  void evictions_areCountedByPrefix() {
    console.run("CONFIG", "SET", "maxmemory-policy", "allkeys-random");
    long used = console.services().memory().used();
    console.run("CONFIG", "SET", "maxmemory", Long.toString(used + 200_000));
    for (int i = 0; i < 200; i++) {
      console.run("SET", "cache:" + i, "x".repeat(2_000));
    }
    long evicted = console.services().keyspace().evicted();
    assertThat(evicted).isPositive();
    assertThat(info("prefixes")).contains(",evictions=" + evicted + ",");
  }

  @Test
  void underLoad_oneInSoManyStandsForAll() {
    Random random = new Random(7);
    for (int tick = 0; tick < 20; tick++) {
      for (int i = 0; i < 20_000; i++) {
        boolean hot = random.nextInt(4) == 0;
        console.run("GET", hot ? "hot:1" : "cold:" + random.nextInt(1_000_000));
      }
      letTimePass(1);
    }
    List<PrefixFigures> prefixes = console.services().keyFigures().prefixes(10);
    assertThat(prefixes.stream().mapToLong(PrefixFigures::misses).sum())
        .isCloseTo(400_000L, within(20_000L));
    for (PrefixFigures each : prefixes.subList(0, 2)) {
      long expected = each.name()[0] == 'h' ? 100_000 : 300_000;
      assertThat(each.misses()).isCloseTo(expected, within(expected / 10));
    }
    List<HotKey> hot = console.services().keyFigures().hotKeys(10);
    assertThat(hot).hasSize(1);
    assertThat(Ascii.text(hot.getFirst().name(), 0, 5)).isEqualTo("hot:1");
    assertThat(hot.getFirst().perSecond()).isCloseTo(50_000, within(6_000.0));
  }

  @Test
  void hotKeys_areReadOrWritten_andFadeWithTime() {
    for (int i = 0; i < 100; i++) {
      console.run("INCR", "counter");
      console.run("GET", "page");
      console.run("GET", "page");
    }
    console.run("SELECT", "3");
    console.run("GET", "page");
    assertThat(info("hotkeys").lines())
        .containsExactly(
            "# Hotkeys",
            "hotkey0:db=0,key=\"page\",per_second=200.00",
            "hotkey1:db=0,key=\"counter\",per_second=100.00",
            "hotkey2:db=3,key=\"page\",per_second=1.00");
    letTimePass(200);
    double rate = console.services().keyFigures().hotKeys(1).getFirst().perSecond();
    assertThat(rate).isLessThan(10);
  }

  @Test
  void manyKeysAlike_areNotHot() {
    for (int i = 0; i < 10_000; i++) {
      console.run("GET", "k" + i);
    }
    assertThat(info("hotkeys")).isEqualTo("# Hotkeys");
  }

  @Test
  void bigKeys_areKnownWhereTheyBecomeBig() {
    console.run("SET", "small", "x");
    console.run("SET", "string", "x".repeat(1_000_000));
    console.run("SET", "grown", "x");
    for (int i = 0; i < 300; i++) {
      console.run("APPEND", "grown", "x".repeat(1000));
      console.run("HSET", "hash", "field" + i, "x".repeat(2000));
      console.run("SADD", "set", "x".repeat(500) + i);
    }
    assertThat(info("bigkeys").lines().map(line -> line.replaceFirst(",bytes=\\d+", "")))
        .containsExactly(
            "# Bigkeys",
            "bigkey0:db=0,key=\"string\"",
            "bigkey1:db=0,key=\"hash\"",
            "bigkey2:db=0,key=\"grown\"",
            "bigkey3:db=0,key=\"set\"");
    assertThat(largeKeys().getFirst().bytes()).isBetween(1_000_000L, 1_000_200L);
  }

  @Test
  void bigKeys_thatLeaveOrShrink_areForgotten() {
    console.run("SET", "a", "x".repeat(100_000));
    console.run("SET", "b", "x".repeat(200_000));
    console.run("SET", "c", "x".repeat(300_000), "PX", "1000");
    assertThat(largeKeys()).hasSize(3);
    console.run("SET", "a", "x");
    console.run("RENAME", "b", "renamed");
    console.advance(1001);
    assertThat(info("bigkeys")).contains("bigkey0:db=0,key=\"renamed\"").doesNotContain("bigkey1");
    console.run("FLUSHALL");
    assertThat(info("bigkeys")).isEqualTo("# Bigkeys");
  }

  @Test
  void ofManyBigKeys_theLargestAreKept() {
    for (int i = 0; i < 300; i++) {
      console.run("SET", "key" + i, "x".repeat(100_000 + i * 7919 % 300));
    }
    List<LargeKey> keys = largeKeys();
    assertThat(keys).hasSize(64);
    assertThat(keys.getLast().bytes()).isGreaterThan(100_000 + 230);
  }

  @Test
  void namesOfKeys_areOnlyForThoseWhoAskForThem() {
    console.run("GET", "secret-name:1");
    assertThat(console.raw("INFO") + console.raw("INFO", "all")).doesNotContain("secret-name");
    assertThat(console.raw("INFO", "everything")).contains("secret-name");
  }

  @Test
  void namesOfAnyBytes_areEscaped() {
    console.run("GET", "a\r\nrole:x\"\u00ff");
    assertThat(info("hotkeys"))
        .contains("hotkey0:db=0,key=\"a\\x0d\\x0arole:x\\\"\\xff\",per_second=1.00");
  }

  @Test
  void resetStatistics_beginsAnew() {
    console.run("GET", "a:b");
    console.run("CONFIG", "RESETSTAT");
    assertThat(info("hotkeys")).isEqualTo("# Hotkeys");
    assertThat(info("prefixes")).doesNotContain("misses=1");
  }

  @Test
  void keySizes_areCountedByPowersOfTwo() {
    assertThat(info("keysizes")).isEqualTo("# Keysizes");
    console.run("SET", "empty", "");
    console.run("SET", "one", "1");
    console.run("SET", "number", "123");
    console.run("SET", "word", "abcd");
    console.run("SET", "long", "x".repeat(1023));
    console.run("SET", "longer", "x".repeat(1024));
    console.run("SET", "longest", "x".repeat(1 << 21));
    console.run("SET", "due", "12345678", "PX", "1");
    console.run("SADD", "set", "a", "b", "c");
    console.run("SELECT", "3");
    console.run("HSET", "hash", "a", "1", "b", "2");
    console.run("HSET", "other", "a", "1");
    console.advance(2);
    assertThat(info("keysizes").lines())
        .containsExactly(
            "# Keysizes",
            "db0_distrib_strings_sizes:0=1,1=1,2=1,4=1,512=1,1K=1,2M=1",
            "db0_distrib_sets_items:2=1",
            "db3_distrib_hashes_items:1=1,2=1");
    assertThat(console.raw("INFO", "everything")).contains("db3_distrib_hashes_items");
    assertThat(console.raw("INFO", "all")).doesNotContain("Keysizes");
  }
}
