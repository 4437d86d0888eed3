package dev.redistill.auth;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The categories of commands, in the order of {@code ACL CAT}. */
public enum Category {
  KEYSPACE,
  READ,
  WRITE,
  SET,
  SORTEDSET,
  LIST,
  HASH,
  STRING,
  BITMAP,
  HYPERLOGLOG,
  GEO,
  STREAM,
  PUBSUB,
  ADMIN,
  FAST,
  SLOW,
  BLOCKING,
  DANGEROUS,
  CONNECTION,
  TRANSACTION,
  SCRIPTING;

  /** The name in rules and replies. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The category of a name in any case, or null. */
  public static @Nullable Category named(String text) {
    for (Category category : values()) {
      if (category.text().equalsIgnoreCase(text)) {
        return category;
      }
    }
    return null;
  }
}
