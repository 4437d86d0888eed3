package dev.redistill.snapshot;

import dev.redistill.store.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads an RDB file of Redis 2.6 and later, Valkey, or KeyDB from its first byte to its checksum.
 * Confined to one thread.
 */
final class RdbReader {

  /** Bytes of a key without a name, and with an empty value. */
  private static final int SMALLEST_KEY = 3;

  private final RdbInput input;
  private final RdbSink sink;
  private final ValueReader values;
  private final ForeignValues foreign;
  private final long now;
  private final Map<String, Long> foreignCounts = new TreeMap<>();
  private int version;
  private boolean valkey;
  private int database;
  private long expireAt = Entry.NEVER;
  private Usage usage = Usage.UNKNOWN;

  /** Prepares to read what is not due at the given time. */
  RdbReader(RdbInput input, RdbSink sink, ValueLimits limits, long now) {
    this.input = input;
    this.sink = sink;
    this.values = new ValueReader(input, limits, now);
    this.foreign = new ForeignValues(input);
    this.now = now;
  }

  /** The version of the format, once it was read. */
  int version() {
    return version;
  }

  boolean isValkey() {
    return valkey;
  }

  /** How many keys there were of types that this server does not have, by the type's name. */
  Map<String, Long> foreignCounts() {
    return foreignCounts;
  }

  /** The same in words. */
  String foreignText() {
    return foreignCounts.entrySet().stream()
        .map(count -> count.getValue() + " of type " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  /** Reads the whole file. */
  void read() throws IOException {
    readHeader();
    int code = input.readByte();
    while (code != RdbFormat.END) {
      readPart(code);
      code = input.readByte();
    }
    if (version >= RdbFormat.FIRST_WITH_CHECKSUM) {
      long computed = input.checksum();
      long stated = input.readLong();
      if (stated != 0 && stated != computed) {
        throw input.damaged("the checksum does not fit the file");
      }
    }
    if (input.remaining() > 0) {
      throw input.damaged(input.remaining() + " bytes follow behind the end");
    }
  }

  private void readHeader() throws IOException {
    if (input.remaining() < RdbFormat.MAGIC.length() + 4) {
      throw input.damaged("this is no RDB file: it is too short");
    }
    String magic = text(input.readBytes(RdbFormat.MAGIC.length()));
    if (RdbFormat.VALKEY_MAGIC.startsWith(magic)) {
      valkey = true;
      magic += text(input.readBytes(1));
    }
    if (!magic.equals(RdbFormat.MAGIC) && !magic.equals(RdbFormat.VALKEY_MAGIC)) {
      throw input.damaged("this is no RDB file: it does not begin with REDIS or VALKEY");
    }
    byte[] digits = input.readBytes(valkey ? 3 : 4);
    for (byte digit : digits) {
      if (digit < '0' || digit > '9') {
        throw input.damaged("the version of the format is no number");
      }
    }
    version = Integer.parseInt(text(digits));
    if (!isKnown(version, valkey)) {
      throw input.damaged("version " + version + " of the format is unknown");
    }
  }

  static boolean isKnown(int version, boolean valkey) {
    return valkey
        ? version >= RdbFormat.OLDEST_VALKEY_VERSION && version <= RdbFormat.NEWEST_VALKEY_VERSION
        : version >= 1 && version <= RdbFormat.NEWEST_REDIS_VERSION;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private void readPart(int code) throws IOException {
    switch (code) {
      case RdbFormat.EXPIRE_SECONDS -> expireAt = expiry(input.readInt() * 1000L);
      case RdbFormat.EXPIRE_MILLIS -> expireAt = expiry(input.readLong());
      case RdbFormat.FREQUENCY -> usage = new Usage(-1, input.readByte());
      case RdbFormat.IDLE -> usage = new Usage(input.readLength(), -1);
      case RdbFormat.SELECT -> database = selected(input.readLength());
      case RdbFormat.RESIZE -> announce(input.readLength(), input.readLength());
      case RdbFormat.AUX -> sink.aux(text(input.readString()), text(input.readString()));
      case RdbFormat.MODULE_AUX -> foreign.skipModuleSection();
      case RdbFormat.FUNCTION -> input.skipString();
      case RdbFormat.SLOT_INFO -> foreign.skipSlotInfo();
      case RdbFormat.SLOT_IMPORT -> foreign.skipSlotImport();
      default -> readKey(code);
    }
  }

  /** Tells of numbers that the rest of the file can keep. */
  private void announce(long keys, long expiring) throws IOException {
    long most = input.remaining() / SMALLEST_KEY;
    sink.announce(database, Math.min(keys, most), Math.min(expiring, most));
  }

  private long expiry(long at) {
    return Math.max(at, 0);
  }

  private int selected(long number) throws RdbException {
    if (number > Integer.MAX_VALUE) {
      throw input.damaged("there is no database " + number);
    }
    return (int) number;
  }

  private void readKey(int type) throws IOException {
    String foreignType = RdbFormat.foreignType(type);
    if (!ValueReader.knows(type) && foreignType.isEmpty()) {
      throw input.damaged("a value of the unknown type " + type);
    }
    byte[] key = input.readString();
    if (foreignType.isEmpty()) {
      readValue(type, key);
    } else {
      foreign.skip(type);
      var unused = foreignCounts.merge(foreignType, 1L, Long::sum);
      sink.foreign(foreignType);
    }
    expireAt = Entry.NEVER;
    usage = Usage.UNKNOWN;
  }

  private void readValue(int type, byte[] key) throws IOException {
    Object value = value(type);
    if (value == null || expireAt < now) {
      sink.due();
    } else {
      sink.entry(new LoadedEntry(database, key, value, expireAt, usage));
    }
  }

  private @Nullable Object value(int type) throws IOException {
    try {
      return values.read(type, valkey);
    } catch (RdbException e) {
      throw e.reason().startsWith("at offset ") ? e : input.damaged(e.reason());
    }
  }
}
