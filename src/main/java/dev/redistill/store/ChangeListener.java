package dev.redistill.store;

/** Somebody who is told of every change of every key, as {@link Keyspace#tellChanges} asks for. */
public interface ChangeListener {

  /**
   * A key was set, changed, or removed for any reason but that its whole database was cleared.
   * Called under the lock of its shard: must not wait, and must not touch the store.
   */
  void changed(byte[] key);

  /** Some changes that no client has asked for are done. Called without a lock. */
  void settled();
}
