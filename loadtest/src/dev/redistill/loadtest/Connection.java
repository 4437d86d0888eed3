package dev.redistill.loadtest;

import java.nio.channels.SelectionKey;

/** One connection of a loop, with the batch that is on its way. Confined to the loop's thread. */
final class Connection {
  final Wire wire;
  final SelectionKey key;
  final ReplyCounter replies = new ReplyCounter();
  int batch;

  /** Where in all batches the next byte to send is. */
  int position;

  /** Whether the socket did not take the whole batch. */
  boolean blocked;

  /** When the batch was sent or, at an offered rate, was due. */
  long startedAt;

  Connection(Wire wire, SelectionKey key) {
    this.wire = wire;
    this.key = key;
  }
}
