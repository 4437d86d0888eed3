package dev.redistill.snapshot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.sun.management.ThreadMXBean;
import dev.redistill.store.Entry;
import dev.redistill.store.Field;
import dev.redistill.store.HashBuilder;
import dev.redistill.store.HashValue;
import dev.redistill.store.SavedEntry;
import dev.redistill.store.SetBuilder;
import dev.redistill.store.SetLimits;
import dev.redistill.store.SetValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RdbTest {

  static final ValueLimits LIMITS =
      new ValueLimits(new HashLimits(512, 64), new SetLimits(512, 128, 64));
  private static final long NOW = 1_000_000_000L;
  private static final int MUTATIONS = 20_000;
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final long LITTLE_MEMORY = 16 << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static String show(Object value) {
    if (value instanceof SetValue set) {
      TreeSet<String> members = new TreeSet<>();
      set.forEach(member ->
          members.add(
              new String(
                  member.nameBytes(), member.nameOffset(), member.nameLength(), ISO_8859_1)));
      return (set.isIntegers() ? "integers" : "set") + members;
    }
    if (!(value instanceof HashValue hash)) {
      return new String((byte[]) value, ISO_8859_1);
    }
    TreeMap<String, String> fields = new TreeMap<>();
    hash.forEach(field ->
        fields.put(
            new String(field.nameBytes(), field.nameOffset(), field.nameLength(), ISO_8859_1),
            new String(field.valueBytes(), field.valueOffset(), field.valueLength(), ISO_8859_1)
                + (field.expires() ? "@" + field.expireAt() : "")));
    return fields.toString();
  }

  /** Reads a file; answers its keys, one line each. */
  private static List<String> read(byte[] file) throws IOException {
    List<String> lines = new ArrayList<>();
    RdbSink sink = entry -> lines.add(line(entry));
    new RdbReader(new RdbInput(file, file.length), sink, LIMITS, NOW).read();
    return lines;
  }

  private static String line(LoadedEntry entry) {
    String expiry = entry.expireAt() == Entry.NEVER ? "" : " until " + entry.expireAt();
    String key = new String(entry.key(), ISO_8859_1);
    return entry.database() + "/" + key + "=" + show(entry.value()) + expiry;
  }

  /** A file of the given parts in hexadecimal digits or, between apostrophes, as text. */
  private static byte[] file(String head, String parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(bytes(head));
    for (String part : parts.split(" ", -1)) {
      boolean text = part.startsWith("'");
      bytes.writeBytes(
          text ? bytes(part.substring(1, part.length() - 1)) : HexFormat.of().parseHex(part));
    }
    bytes.write(RdbFormat.END);
    byte[] body = bytes.toByteArray();
    if (head.compareTo("REDIS0005") >= 0) {
      bytes.writeBytes(littleEndian(Crc64.update(0, body, 0, body.length)));
    }
    return bytes.toByteArray();
  }

  private static byte[] littleEndian(long value) {
    byte[] bytes = new byte[Long.BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (value >>> (8 * i));
    }
    return bytes;
  }

  @Test
  void checksum_ofTheDigits_isTheKnownOne() {
    byte[] digits = bytes("123456789");
    assertThat(Crc64.update(0, digits, 0, digits.length)).isEqualTo(0xe9c6d914c4b8d9caL);
    long half = Crc64.update(0, digits, 0, 4);
    assertThat(Crc64.update(half, digits, 4, digits.length)).isEqualTo(0xe9c6d914c4b8d9caL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "REDIS0003 | 00 01 'k' 03 'abc'                        | 0/k=abc",
        "REDIS0006 | 00 01 'k' c0 85                           | 0/k=-123",
        "REDIS0006 | 00 01 'k' c1 3930                         | 0/k=12345",
        "REDIS0006 | 00 01 'k' c1 c7cf                         | 0/k=-12345",
        "REDIS0006 | 00 01 'k' c2 15cd5b07                     | 0/k=123456789",
        "REDIS0006 | 00 01 'k' c3 04 08 00 'a' a000            | 0/k=aaaaaaaa",
        "REDIS0006 | fe 03 00 01 'k' 40 02 'ab'                | 3/k=ab",
        "REDIS0006 | 00 01 'k' 8000000002 'ab'                 | 0/k=ab",
        "REDIS0006 | 00 01 'k' 810000000000000002 'ab'         | 0/k=ab",
        "REDIS0006 | fd 7fe04f70 00 01 'k' 01 'v'              | 0/k=v until 1884283007000",
        "REDIS0009 | fa 01 'a' 01 'b' f9 05 f8 03 00 01 'k' 00 | 0/k=",
        "REDIS0006 | 04 01 'k' 02 01 'a' 01 'b' 01 'c' c0 05   | 0/k={a=b, c=5}",
        "REDIS0003 | 09 01 'k' 0b 02 01 'a' 01 00 'b' 01 'c' 00 00 ff          | 0/k={a=b, c=}",
        "REDIS0009 | 0d 01 'k' 11 11000000 0d000000 0200 00 01 'a' 03 f3 00 ff | 0/k=?",
        "REDIS0010 | 10 01 'k' 0c 0c000000 0200 81 'a' 02 05 01 ff             | 0/k={a=5}",
        "REDIS0009 | 02 01 'k' 02 01 'a' c0 05                  | 0/k=set[5, a]",
        "REDIS0009 | 02 01 'k' 02 01 '7' c0 05                  | 0/k=integers[5, 7]",
        "REDIS0009 | 02 01 'k' 02 01 'a' 01 'a'                 | 0/k=?",
        "REDIS0009 | 0b 01 'k' 0c 02000000 02000000 feff 0700   | 0/k=integers[-2, 7]",
        "REDIS0009 | 0b 01 'k' 0c 04000000 01000000 00000100    | 0/k=integers[65536]",
        "REDIS0009 | 0b 01 'k' 10 08000000 01000000 0000000001000000 | 0/k=integers[4294967296]",
        "REDIS0009 | 0b 01 'k' 0c 03000000 01000000 00000100    | 0/k=?",
        "REDIS0009 | 0b 01 'k' 0c 04000000 02000000 00000100    | 0/k=?",
        "REDIS0009 | 0b 01 'k' 04 02000000                      | 0/k=?",
        "REDIS0011 | 14 01 'k' 0c 0c000000 0200 81 'a' 02 05 01 ff             | 0/k=set[5, a]",
        "VALKEY080 | 16 01 'k' 01 01 'c' 01 'd' ffffffffff000000 | 0/k={c=d@1099511627775}",
        "REDIS0012 | 18 01 'k' 00e8764817000000 02 01 'a' 'b' | 0/k=?",
      })
  void file_madeByHand_isRead(String head, String parts, String expected) throws IOException {
    if (expected.endsWith("=?")) {
      assertThatThrownBy(() -> read(file(head, parts)))
          .isInstanceOf(RdbException.class)
          .hasMessageStartingWith("at offset ");
    } else {
      assertThat(read(file(head, parts))).containsExactly(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "REDIS0009 | f5 03 'abc'                                               ",
        "REDIS0009 | f7 810102030405060708 02 01 02 02 05 01 'x' 04 0000000000000000 00",
        "REDIS0012 | f4 05 06 07                                               ",
        "VALKEY081 | f3 01 'j' 02 00 05 40ff 4100                              ",
        "REDIS0009 | fc 0100000000000000 00 01 'g' 01 'v'                      ",
        "REDIS0010 | 04 01 'g' 00                                              ",
        "REDIS0010 | 02 01 'g' 00                                              ",
      })
  void part_thatIsOfNoUse_isSkipped(String head, String parts) throws IOException {
    assertThat(read(file(head, parts + " 00 01 'k' 01 'v'"))).containsExactly("0/k=v");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "list       | 01 01 'k' 02 01 'a' 01 'b'",
        "list       | 0e 01 'k' 01 03 'abc'",
        "list       | 12 01 'k' 01 02 03 'abc'",
        "sorted set | 03 01 'k' 02 01 'a' 03 '1.5' 01 'b' fd",
        "sorted set | 05 01 'k' 01 01 'a' 000000000000f03f",
        "stream     | 0f 01 'k' 01 01 'i' 01 'l' 01 02 03 01 01 'g' 01 02 00 00",
        "stream     | 13 01 'k' 00 00 01 02 03 04 05 06 07 01 01 'g' 01 02 03 00 00",
        "stream     | 15 01 'k' 00 00 01 02 03 04 05 06 07 01 01 'g' 01 02 03 00"
            + " 01 01 'c' 00000000000000000000000000000000 00",
        "module     | 07 01 'k' 810102030405060708 02 01 00",
      })
  void valueOfAForeignType_isCountedAndSkipped(String type, String parts) throws IOException {
    byte[] file = file("REDIS0011", parts + " 00 01 'l' 01 'v'");
    List<String> lines = new ArrayList<>();
    RdbSink sink = entry -> lines.add(line(entry));
    RdbReader reader = new RdbReader(new RdbInput(file, file.length), sink, LIMITS, NOW);
    reader.read();
    assertThat(lines).containsExactly("0/l=v");
    assertThat(reader.foreignText()).isEqualTo("1 of type " + type);
  }

  @ParameterizedTest
  @CsvSource({
    "REDIX0009, does not begin with",
    "REDIS0099, version 99 of the format is unknown",
    "REDIS00x9, the version of the format is no number",
    "VALKEY011, version 11 of the format is unknown",
  })
  void file_ofAnUnknownKind_isRefused(String head, String reason) {
    byte[] file = bytes(head + "\u00ff12345678");
    assertThatThrownBy(() -> read(file)).hasMessageContaining(reason);
  }

  private static List<SavedEntry> someEntries(Random random) {
    List<SavedEntry> entries = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      long expireAt = random.nextBoolean() ? Entry.NEVER : NOW + random.nextInt(100_000);
      entries.add(new SavedEntry(bytes("key:" + i), someValue(random), expireAt, 0, 0));
    }
    return entries;
  }

  private static Object someValue(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> bytes(Long.toString(random.nextLong() >> random.nextInt(64)));
      case 1 -> someBytes(random, random.nextInt(200));
      case 2 -> bytes("abc".repeat(random.nextInt(500)));
      case 3 -> someSet(random);
      default -> someHash(random);
    };
  }

  private static byte[] someBytes(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static SetValue someSet(Random random) {
    SetBuilder builder = new SetBuilder(new SetLimits(512, 10, 64), 0);
    boolean integers = random.nextBoolean();
    int spare = random.nextInt(64);
    for (int i = random.nextInt(20); i >= 0; i--) {
      String number = Long.toString(random.nextLong() >> spare);
      byte[] member = integers ? bytes(number) : someBytes(random, random.nextInt(30));
      boolean integer = IntegerText.isLong(member, 0, member.length);
      boolean unused = builder.add(new Field().name(member, 0, member.length), integer);
    }
    return builder.finish();
  }

  private static HashValue someHash(Random random) {
    HashBuilder builder = new HashBuilder(10, 64, 0);
    boolean times = random.nextBoolean();
    for (int i = random.nextInt(20); i >= 0; i--) {
      byte[] name = bytes("field:" + i);
      Field field = new Field().name(name, 0, name.length).value(someBytes(random, 20));
      boolean expires = times && random.nextBoolean();
      assertThat(builder.put(expires ? field.expireAt(NOW + random.nextInt(100_000)) : field))
          .isTrue();
    }
    return builder.finish();
  }

  private static byte[] write(List<SavedEntry> entries, int version) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    RdbWriter writer = new RdbWriter(new RdbOutput(bytes, true), version);
    writer.begin();
    writer.aux("redis-ver", "7.0");
    writer.select(2, entries.size(), 0);
    for (SavedEntry entry : entries) {
      writer.expiry(entry.expireAt());
      writer.entry(entry);
    }
    writer.end(true);
    return bytes.toByteArray();
  }

  @Test
  void whatWasWritten_isReadAgain() throws IOException {
    for (int seed = 0; seed < 50; seed++) {
      List<SavedEntry> entries = someEntries(new Random(seed));
      List<String> expected =
          entries.stream()
              .map(each ->
                  line(
                      new LoadedEntry(2, each.key(), each.value(), each.expireAt(), Usage.UNKNOWN)))
              .toList();
      assertThat(read(write(entries, 12))).as("seed " + seed).isEqualTo(expected);
    }
  }

  /**
   * Whatever happened to a file, it is read or refused with a reason, soon and within little
   * memory; the checksum is mostly made to fit so that the reader gets to see the damage.
   */
  @Test
  void damagedFile_isReadOrRefused() throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) {
      files.add(write(someEntries(new Random(seed)), 12));
    }
    int refused = 0;
    for (int seed = 0; seed < MUTATIONS; seed++) {
      Random random = new Random(seed);
      byte[] damaged = damage(files.get(seed % files.size()), random);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      refused += assertTimeout(SOON, () -> isRefused(damaged), "seed " + seed) ? 1 : 0;
      assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
          .as("seed " + seed)
          .isLessThan(LITTLE_MEMORY);
    }
    assertThat(refused).isBetween(MUTATIONS / 2, MUTATIONS - 1);
  }

  private static boolean isRefused(byte[] file) throws IOException {
    try {
      List<String> unused = read(file);
      return false;
    } catch (RdbException e) {
      assertThat(e.reason()).startsWith("at offset ");
      return true;
    }
  }

  private static byte[] damage(byte[] file, Random random) {
    byte[] damaged = random.nextInt(4) == 0 ? cut(file, random) : file.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(damaged.length);
      switch (random.nextInt(4)) {
        case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> damaged[at] = (byte) random.nextInt(256);
        case 2 -> swap(damaged, at, random.nextInt(damaged.length));
        default -> damaged[at] = (byte) (random.nextBoolean() ? 0x81 : 0xc3);
      }
    }
    if (random.nextInt(4) > 0 && damaged.length > Long.BYTES) {
      int end = damaged.length - Long.BYTES;
      byte[] fitting = littleEndian(Crc64.update(0, damaged, 0, end));
      System.arraycopy(fitting, 0, damaged, end, Long.BYTES);
    }
    return damaged;
  }

  private static void swap(byte[] bytes, int one, int other) {
    byte kept = bytes[one];
    bytes[one] = bytes[other];
    bytes[other] = kept;
  }

  private static byte[] cut(byte[] file, Random random) {
    return Arrays.copyOf(file, 1 + random.nextInt(file.length));
  }

  @Test
  void compression_ofAnything_isUndone() {
    Lzf lzf = new Lzf();
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      byte[] plain = new byte[random.nextInt(20_000)];
      int letters = 1 + random.nextInt(40);
      for (int i = 0; i < plain.length; i++) {
        plain[i] = (byte) random.nextInt(letters);
      }
      byte[] packed = new byte[plain.length + plain.length / 16 + 64];
      int size = lzf.compress(plain, 0, plain.length, packed, packed.length);
      byte[] unpacked = new byte[plain.length];
      assertThat(Lzf.decompress(packed, 0, size, unpacked)).isTrue();
      assertThat(unpacked).as("seed " + seed).isEqualTo(plain);
    }
  }
}
