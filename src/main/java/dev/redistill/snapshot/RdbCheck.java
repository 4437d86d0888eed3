package dev.redistill.snapshot;

import dev.redistill.store.Entry;
import dev.redistill.store.HashValue;
import dev.redistill.store.SetLimits;
import dev.redistill.store.SetValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a file from begin to end and tells what is in it. */
public final class RdbCheck implements RdbSink {

  private static final ValueLimits LIMITS =
      new ValueLimits(new HashLimits(512, 64), new SetLimits(512, 128, 64));

  private final List<String> facts = new ArrayList<>();
  private final Map<Integer, Long> keysOfDatabase = new TreeMap<>();
  private long strings;
  private long hashes;
  private long sets;
  private long expiring;
  private long due;

  private RdbCheck() {}

  /**
   * What a file holds, in lines.
   *
   * @throws IOException if it cannot be read or is damaged; the message says where and why
   */
  public static String summary(Path file, long now) throws IOException {
    RdbCheck check = new RdbCheck();
    long size = Files.size(file);
    try (InputStream stream = Files.newInputStream(file)) {
      RdbReader reader = new RdbReader(new RdbInput(stream, size), check, LIMITS, now);
      reader.read();
      return check.text(file, size, reader);
    }
  }

  @Override
  public void aux(String name, String value) {
    facts.add("  " + name + ": " + value);
  }

  @Override
  public void entry(LoadedEntry entry) {
    var unused = keysOfDatabase.merge(entry.database(), 1L, Long::sum);
    expiring += entry.expireAt() == Entry.NEVER ? 0 : 1;
    if (entry.value() instanceof HashValue) {
      hashes++;
    } else if (entry.value() instanceof SetValue) {
      sets++;
    } else {
      strings++;
    }
  }

  @Override
  public void due() {
    due++;
  }

  private String text(Path file, long size, RdbReader reader) {
    List<String> lines = new ArrayList<>();
    String program = reader.isValkey() ? "Valkey" : "Redis";
    lines.add(
        "%s: %s format, version %d, %d bytes, intact"
            .formatted(file, program, reader.version(), size));
    lines.addAll(facts);
    keysOfDatabase.forEach((number, keys) -> lines.add("  database " + number + ": " + keys));
    lines.add(
        "  %d strings, %d hashes, %d sets; %d of them with an expiry; %d more are due"
            .formatted(strings, hashes, sets, expiring, due));
    if (!reader.foreignCounts().isEmpty()) {
      lines.add("  types that redistill does not have: " + reader.foreignText());
    }
    return String.join("\n", lines);
  }
}
