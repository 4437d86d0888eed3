package dev.redistill.commands;

import dev.redistill.command.Services;
import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.HashValue;
import dev.redistill.store.Keyspace;
import dev.redistill.store.SetValue;
import dev.redistill.store.Text;
import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The section of INFO about the sizes of keys: how many strings have how many bytes, and how many
 * hashes and sets how many members, by powers of two. Looks at every key.
 */
final class KeySizes {

  private static final int POWERS_PER_UNIT = 10;
  private static final String UNITS = " KMGT";

  /** What sizes are told of, in the words of Redis and in its order. */
  private enum Kind {
    STRINGS("strings_sizes"),
    SETS("sets_items"),
    HASHES("hashes_items");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /** By kind, how many have the size 0, then 1, 2 to 3, 4 to 7, and so on. */
  private final Map<Kind, long[]> counts = new EnumMap<>(Kind.class);

  private KeySizes() {}

  static void write(InfoText text, Services services) {
    text.section("Keysizes");
    Keyspace keyspace = services.keyspace();
    for (int number = 0; number < keyspace.count(); number++) {
      Database database = keyspace.databaseIfUsed(number);
      if (database != null) {
        KeySizes sizes = new KeySizes();
        database.forEach(services.clock().millis(), sizes::count);
        sizes.write(text, "db" + number + "_distrib_");
      }
    }
  }

  private void count(Entry entry) {
    switch (entry.value()) {
      case HashValue hash -> count(Kind.HASHES, hash.size());
      case SetValue set -> count(Kind.SETS, set.size());
      case Object value -> count(Kind.STRINGS, Text.length(value));
    }
  }

  private void count(Kind kind, int size) {
    long[] bins = counts.computeIfAbsent(kind, unused -> new long[Integer.SIZE + 1]);
    bins[Integer.SIZE - Integer.numberOfLeadingZeros(size)]++;
  }

  private void write(InfoText text, String prefix) {
    counts.forEach((kind, bins) -> text.add(prefix + kind.text, line(bins)));
  }

  private static String line(long[] bins) {
    StringJoiner line = new StringJoiner(",");
    for (int bin = 0; bin < bins.length; bin++) {
      if (bins[bin] > 0) {
        line.add(name(bin) + "=" + bins[bin]);
      }
    }
    return line.toString();
  }

  /** The least size of a bin, for people: 512, 1K, 2K. */
  private static String name(int bin) {
    if (bin == 0) {
      return "0";
    }
    int power = bin - 1;
    String number = Integer.toString(1 << power % POWERS_PER_UNIT);
    return power < POWERS_PER_UNIT ? number : number + UNITS.charAt(power / POWERS_PER_UNIT);
  }
}
