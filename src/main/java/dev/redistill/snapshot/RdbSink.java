package dev.redistill.snapshot;

import java.io.IOException;

/** Who is shown what a file holds, in its order. */
interface RdbSink {

  /** A fact about the file itself. */
  default void aux(String name, String value) {}

  /** The numbers of keys, and of those with an expiry, that the file announces for a database. */
  default void announce(int database, long keys, long expiring) throws IOException {}

  /** A key. */
  void entry(LoadedEntry entry) throws IOException;

  /** A key whose time has come, or a hash without fields. */
  default void due() {}

  /** A key of a type that this server does not have. */
  default void foreign(String type) {}
}
