package dev.redistill.commands;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.resp.Ascii;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SnapshotCommandsTest {

  private static final String WRONG = "(error) ERR DUMP payload version or checksum are wrong";

  private final Console console = new Console();

  /** What DUMP replies, without the head and the end of its reply. */
  private byte[] dump(String key) {
    String reply = console.raw("DUMP", key);
    int begin = reply.indexOf("\r\n") + 2;
    return Ascii.bytes(reply.substring(begin, reply.length() - 2));
  }

  private String restore(String key, String ttl, byte[] dumped, String... more) {
    byte[][] words = new byte[4 + more.length][];
    words[0] = Ascii.bytes("RESTORE");
    words[1] = Ascii.bytes(key);
    words[2] = Ascii.bytes(ttl);
    words[3] = dumped;
    for (int i = 0; i < more.length; i++) {
      words[4 + i] = Ascii.bytes(more[i]);
    }
    return console.run(words);
  }

  @Test
  void restore_ofADump_isTheSameValue() {
    console.run("SET", "s", "abc".repeat(100));
    console.run("HSET", "h", "a", "1", "b", "2");
    console.run("HPEXPIREAT", "h", "" + (console.now() + 5000), "FIELDS", "1", "a");
    assertThat(restore("s2", "0", dump("s"))).isEqualTo("OK");
    assertThat(restore("h2", "7000", dump("h"))).isEqualTo("OK");
    assertThat(console.run("GET", "s2")).isEqualTo(console.run("GET", "s"));
    assertThat(console.run("HGETALL", "h2")).isEqualTo(console.run("HGETALL", "h"));
    assertThat(console.run("HPTTL", "h2", "FIELDS", "2", "a", "b"))
        .isEqualTo(console.run("HPTTL", "h", "FIELDS", "2", "a", "b"));
    assertThat(console.run("PTTL", "h2")).isEqualTo("(integer) 7000");
    assertThat(console.run("DUMP", "none")).isEqualTo("(nil)");
  }

  @Test
  void restore_takesWhatRedisDumps() {
    byte[] ofRedis = {0, (byte) 0xc0, 1, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    assertThat(restore("k", "0", ofRedis)).isEqualTo("OK");
    assertThat(console.run("GET", "k")).isEqualTo("\"1\"");
  }

  @Test
  void restore_keepsAKey_unlessItIsToReplaceIt() {
    console.run("SET", "k", "old");
    console.run("SET", "other", "new");
    byte[] dumped = dump("other");
    assertThat(restore("k", "0", dumped))
        .isEqualTo("(error) BUSYKEY Target key name already exists.");
    assertThat(restore("k", "0", dumped, "REPLACE")).isEqualTo("OK");
    assertThat(console.run("GET", "k")).isEqualTo("\"new\"");
    assertThat(restore("k", "100", dumped, "REPLACE", "ABSTTL")).isEqualTo("OK");
    assertThat(console.run("EXISTS", "k")).isEqualTo("(integer) 0");
  }

  @Test
  void restore_saysHowLongTheKeyWasIdle() {
    console.run("SET", "k", "value");
    assertThat(restore("idle", "0", dump("k"), "IDLETIME", "1000")).isEqualTo("OK");
    assertThat(console.run("OBJECT", "IDLETIME", "idle")).isEqualTo("(integer) 1000");
    assertThat(restore("new", "0", dump("k"), "FREQ", "200")).isEqualTo("OK");
    assertThat(console.run("OBJECT", "IDLETIME", "new")).isEqualTo("(integer) 0");
  }

  @Test
  void restore_saysHowOftenTheKeyIsUsed_ifThatMatters() {
    console.run("CONFIG", "SET", "maxmemory-policy", "allkeys-lfu");
    console.run("SET", "k", "value");
    assertThat(restore("often", "0", dump("k"), "FREQ", "200")).isEqualTo("OK");
    assertThat(console.run("OBJECT", "FREQ", "often")).isEqualTo("(integer) 200");
    assertThat(restore("new", "0", dump("k"), "IDLETIME", "100000")).isEqualTo("OK");
    assertThat(console.run("OBJECT", "FREQ", "new")).isEqualTo("(integer) 5");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, '',             'ERR Invalid TTL value, must be >= 0'",
    "x,  '',             ERR value is not an integer or out of range",
    "0,  FOO,            ERR syntax error",
    "0,  IDLETIME,       ERR syntax error",
    "0,  IDLETIME -1,    'ERR Invalid IDLETIME value, must be >= 0'",
    "0,  FREQ 256,       'ERR Invalid FREQ value, must be >= 0 and <= 255'",
    "0,  FREQ 1 IDLETIME 1, ERR syntax error",
  })
  void restore_withWrongArguments_isRefusedAsInRedis(String ttl, String more, String error) {
    console.run("SET", "s", "abc");
    String[] words = more.isEmpty() ? new String[0] : more.split(" ", -1);
    assertThat(restore("k", ttl, dump("s"), words)).isEqualTo("(error) " + error);
  }

  @Test
  void restore_ofADamagedDump_isRefused() {
    console.run("SET", "s", "abc");
    byte[] damaged = dump("s");
    damaged[2] ^= 1;
    assertThat(restore("k", "0", damaged)).isEqualTo(WRONG);
    assertThat(restore("k", "0", "abc".getBytes(ISO_8859_1))).isEqualTo(WRONG);
    byte[] foreign = {1, 1, 1, 'a', 10, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    assertThat(restore("k", "0", foreign)).isEqualTo("(error) ERR Bad data format");
  }

  @Test
  void bgsave_thatCannotBegin_saysSo() {
    assertThat(console.run("BGSAVE", "CANCEL"))
        .isEqualTo("(error) ERR Background saving is currently not in progress or scheduled");
    assertThat(console.run("BGSAVE", "x")).isEqualTo("(error) ERR syntax error");
    assertThat(console.run("LASTSAVE")).isEqualTo("(integer) " + console.now() / 1000);
  }

  @Test
  void whileLoading_onlyWhatNeedsNoKeysIsAnswered() {
    console.services().pause().loading(true);
    assertThat(console.run("GET", "k"))
        .isEqualTo("(error) LOADING Redis is loading the dataset in memory");
    assertThat(console.run("PING")).startsWith("(error) LOADING");
    assertThat(console.run("INFO")).contains("redis_version");
    console.services().pause().loading(false);
    assertThat(console.run("GET", "k")).isEqualTo("(nil)");
  }

  @Test
  void afterAFailedSnapshot_writesAreRefused() {
    console.services().pause().refuseWrites(true);
    assertThat(console.run("SET", "k", "v")).startsWith("(error) MISCONF Redis is configured");
    assertThat(console.run("PING")).startsWith("(error) MISCONF");
    assertThat(console.run("GET", "k")).isEqualTo("(nil)");
    console.run("MULTI");
    assertThat(console.run("SET", "k", "v")).startsWith("(error) MISCONF");
    assertThat(console.run("EXEC")).startsWith("(error) EXECABORT");
    console.services().pause().refuseWrites(false);
    assertThat(console.run("SET", "k", "v")).isEqualTo("OK");
  }
}
