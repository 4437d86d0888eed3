package dev.redistill.store;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who follows what happens to a few keys, picked by their hashes. Called under the lock of
 * a shard or under none: may take locks of its own, under which it takes none of a shard that it is
 * called for.
 */
public interface Samples {

  /** Follows nothing. */
  Samples NONE =
      new Samples() {
        @Override
        public void looked(int hash, @Nullable Entry found) {}

        @Override
        public void written(Entry entry) {}

        @Override
        public void removed(int hash) {}

        @Override
        public void cleared() {}
      };

  /** Somebody has looked for a key, and has found this. */
  void looked(int hash, @Nullable Entry found);

  /** A key was added or changed. */
  void written(Entry entry);

  /** A key was removed, and not to make room for others. */
  void removed(int hash);

  /** All keys of a database were removed. */
  void cleared();
}
