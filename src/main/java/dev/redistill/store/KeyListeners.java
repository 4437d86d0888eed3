package dev.redistill.store;

/** Two listeners that are told the same. */
record KeyListeners(KeyListener first, KeyListener second) implements KeyListener {

  @Override
  public void created(int database, byte[] key) {
    first.created(database, key);
    second.created(database, key);
  }

  @Override
  public void expired(int database, byte[] key) {
    first.expired(database, key);
    second.expired(database, key);
  }

  @Override
  public void evicted(int database, byte[] key) {
    first.evicted(database, key);
    second.evicted(database, key);
  }

  @Override
  public void fieldsExpired(int database, byte[] key, boolean gone) {
    first.fieldsExpired(database, key, gone);
    second.fieldsExpired(database, key, gone);
  }

  @Override
  public void grew(int database, Entry entry) {
    first.grew(database, entry);
    second.grew(database, entry);
  }
}
