package dev.redistill.commands;

import dev.redistill.store.Database;
import dev.redistill.store.Keyspace;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Looks at all databases together. */
final class Databases {

  private Databases() {}

  /** The numbers of the databases that hold keys. */
  static List<Integer> withKeys(Keyspace keyspace) {
    return IntStream.range(0, keyspace.count())
        .filter(index -> size(keyspace.databaseIfUsed(index)) > 0)
        .boxed()
        .toList();
  }

  private static long size(@Nullable Database database) {
    return database == null ? 0 : database.size();
  }
}
