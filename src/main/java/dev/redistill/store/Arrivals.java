package dev.redistill.store;

/**
 * Somebody who keeps the entries of some shards in the order in which they came. Called under the
 * lock of a shard: may take a lock of its own, under which it takes no other.
 */
public interface Arrivals {

  /** An entry was added. */
  void arrived(Entry entry);

  /** All entries of the database are gone. */
  void cleared();
}
