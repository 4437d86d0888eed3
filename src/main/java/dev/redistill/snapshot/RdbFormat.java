package dev.redistill.snapshot;

import java.util.Map;

/** The numbers of the RDB format. */
final class RdbFormat {

  static final String MAGIC = "REDIS";
  static final String VALKEY_MAGIC = "VALKEY";

  /** The version that Redis 7.0 and everything after it reads. */
  static final int PLAIN_VERSION = 10;

  /** The first version with hashes whose fields expire, which Redis 7.4 reads. */
  static final int FIELD_EXPIRY_VERSION = 12;

  static final int NEWEST_REDIS_VERSION = 16;
  static final int OLDEST_VALKEY_VERSION = 80;
  static final int NEWEST_VALKEY_VERSION = 81;
  static final int FIRST_WITH_CHECKSUM = 5;

  static final int STRING = 0;
  static final int LIST = 1;
  static final int SET = 2;
  static final int SORTED_SET = 3;
  static final int HASH = 4;
  static final int SORTED_SET_2 = 5;
  static final int MODULE_2 = 7;
  static final int HASH_ZIPMAP = 9;
  static final int LIST_ZIPLIST = 10;
  static final int SET_INTSET = 11;
  static final int SORTED_SET_ZIPLIST = 12;
  static final int HASH_ZIPLIST = 13;
  static final int LIST_QUICKLIST = 14;
  static final int STREAM = 15;
  static final int HASH_LISTPACK = 16;
  static final int SORTED_SET_LISTPACK = 17;
  static final int LIST_QUICKLIST_2 = 18;
  static final int STREAM_2 = 19;
  static final int SET_LISTPACK = 20;
  static final int STREAM_3 = 21;

  /** A hash with expiring fields by early Redis 7.4, or another kind of one by Valkey 9. */
  static final int HASH_TIMES_EARLY = 22;

  static final int HASH_LISTPACK_TIMES_EARLY = 23;
  static final int HASH_TIMES = 24;
  static final int HASH_LISTPACK_TIMES = 25;

  static final int SLOT_IMPORT = 243;
  static final int SLOT_INFO = 244;
  static final int FUNCTION = 245;
  static final int MODULE_AUX = 247;
  static final int IDLE = 248;
  static final int FREQUENCY = 249;
  static final int AUX = 250;
  static final int RESIZE = 251;
  static final int EXPIRE_MILLIS = 252;
  static final int EXPIRE_SECONDS = 253;
  static final int SELECT = 254;
  static final int END = 255;

  /** The kinds of strings that are not bytes, as the low bits of their first byte. */
  static final int INT_8 = 0;

  static final int INT_16 = 1;
  static final int INT_32 = 2;
  static final int COMPRESSED = 3;

  private static final Map<Integer, String> FOREIGN_TYPES =
      Map.ofEntries(
          Map.entry(LIST, "list"),
          Map.entry(LIST_ZIPLIST, "list"),
          Map.entry(LIST_QUICKLIST, "list"),
          Map.entry(LIST_QUICKLIST_2, "list"),
          Map.entry(SORTED_SET, "sorted set"),
          Map.entry(SORTED_SET_2, "sorted set"),
          Map.entry(SORTED_SET_ZIPLIST, "sorted set"),
          Map.entry(SORTED_SET_LISTPACK, "sorted set"),
          Map.entry(STREAM, "stream"),
          Map.entry(STREAM_2, "stream"),
          Map.entry(STREAM_3, "stream"),
          Map.entry(MODULE_2, "module"));

  private RdbFormat() {}

  /** The name of a type that this server does not have but can skip, or empty. */
  static String foreignType(int type) {
    return FOREIGN_TYPES.getOrDefault(type, "");
  }
}
