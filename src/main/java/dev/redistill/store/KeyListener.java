package dev.redistill.store;

/**
 * Somebody who is told what happens to keys. Called under the lock of the key's shard: must not
 * wait, and must not touch the store.
 */
public interface KeyListener {

  /** Listens to nothing. */
  KeyListener NONE =
      new KeyListener() {
        @Override
        public void created(int database, byte[] key) {}

        @Override
        public void expired(int database, byte[] key) {}

        @Override
        public void evicted(int database, byte[] key) {}

        @Override
        public void fieldsExpired(int database, byte[] key, boolean gone) {}
      };

  /** A key was added to a database. Called only as {@link Keyspace#tellCreated} asks for it. */
  void created(int database, byte[] key);

  /** A key is about to be removed because its time has come. */
  void expired(int database, byte[] key);

  /** A key is about to be removed to make room for others. */
  void evicted(int database, byte[] key);

  /** Fields of a hash were removed because their time had come, and with the last the key. */
  void fieldsExpired(int database, byte[] key, boolean gone);
}
