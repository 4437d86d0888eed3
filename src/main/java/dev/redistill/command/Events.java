package dev.redistill.command;

import dev.redistill.config.Config;
import dev.redistill.config.Settings;
import dev.redistill.resp.Ascii;
import dev.redistill.store.KeyListener;
import dev.redistill.store.Keyspace;

/**
 * Keyspace events: tells subscribers what happens to keys, if {@code notify-keyspace-events} asks
 * for it. They are published under the lock of the key's shard, so that those of one key come in
 * the order of what has happened to it.
 */
public final class Events implements KeyListener {

  /** Where events go. */
  public interface Publisher {

    /** Sends a message to the subscribers of a channel; never waits. */
    void publish(byte[] channel, byte[] message);
  }

  private final Config config;
  private final Keyspace keyspace;
  private final Publisher publisher;
  private volatile int wanted;
  private volatile boolean byKey;
  private volatile boolean byEvent;

  public Events(Config config, Keyspace keyspace, Publisher publisher) {
    this.config = config;
    this.keyspace = keyspace;
    this.publisher = publisher;
    config.onChange(Settings.NOTIFY_KEYSPACE_EVENTS, this::settle);
    settle();
    keyspace.listen(this);
  }

  private void settle() {
    String letters = config.text(Settings.NOTIFY_KEYSPACE_EVENTS);
    byKey = letters.indexOf('K') >= 0;
    byEvent = letters.indexOf('E') >= 0;
    wanted = byKey || byEvent ? EventClass.bits(letters) : 0;
    keyspace.tellCreated(wants(EventClass.NEW));
  }

  /** The classes that somebody asks for, as bits. */
  int wanted() {
    return wanted;
  }

  private boolean wants(EventClass eventClass) {
    return (wanted & eventClass.bit()) != 0;
  }

  /** Publishes an event of a class that is wanted. */
  void publish(String event, byte[] key, int database) {
    byte[] name = Ascii.bytes(event);
    if (byKey) {
      byte[] prefix = Ascii.bytes("__keyspace@" + database + "__:");
      byte[] channel = new byte[prefix.length + key.length];
      System.arraycopy(prefix, 0, channel, 0, prefix.length);
      System.arraycopy(key, 0, channel, prefix.length, key.length);
      publisher.publish(channel, name);
    }
    if (byEvent) {
      publisher.publish(Ascii.bytes("__keyevent@" + database + "__:" + event), key);
    }
  }

  @Override
  public void created(int database, byte[] key) {
    if (wants(EventClass.NEW)) {
      publish("new", key, database);
    }
  }

  @Override
  public void expired(int database, byte[] key) {
    if (wants(EventClass.EXPIRED)) {
      publish("expired", key, database);
    }
  }

  @Override
  public void evicted(int database, byte[] key) {
    if (wants(EventClass.EVICTED)) {
      publish("evicted", key, database);
    }
  }

  @Override
  public void fieldsExpired(int database, byte[] key, boolean gone) {
    if (wants(EventClass.HASH)) {
      publish("hexpired", key, database);
    }
    if (gone && wants(EventClass.GENERIC)) {
      publish("del", key, database);
    }
  }
}
