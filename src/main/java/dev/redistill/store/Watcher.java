package dev.redistill.store;

/** Somebody who watches keys, as WATCH does. */
public interface Watcher {

  /** A watched key has changed. Called under the lock of the key's shard: must not wait. */
  void changed();
}
