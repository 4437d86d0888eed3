package dev.redistill.store;

/**
 * Somebody who is told what happens to keys. Called under the lock of the key's shard: must not
 * wait, and must not touch the store.
 */
public interface KeyListener {

  /** Listens to nothing. */
  KeyListener NONE = new KeyListener() {};

  /** A key was added to a database. Called only as {@link Keyspace#tellCreated} asks for it. */
  default void created(int database, byte[] key) {}

  /** A key is about to be removed because its time has come. */
  default void expired(int database, byte[] key) {}

  /** A key is about to be removed to make room for others. */
  default void evicted(int database, byte[] key) {}

  /** Fields of a hash were removed because their time had come, and with the last the key. */
  default void fieldsExpired(int database, byte[] key, boolean gone) {}

  /** A key was changed, and about then its shard has come to take notably more memory. */
  default void grew(int database, Entry entry) {}

  /** Both listeners, this one first. */
  default KeyListener and(KeyListener other) {
    return this == NONE ? other : new KeyListeners(this, other);
  }
}
