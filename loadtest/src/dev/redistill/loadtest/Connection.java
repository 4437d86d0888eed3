package dev.redistill.loadtest;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One connection of a loop, with the batch that is on its way. Confined to the loop's thread. */
final class Connection {
  final SocketChannel channel;
  final SelectionKey key;
  final ReplyCounter replies = new ReplyCounter();
  int batch;

  /** Where in all batches the next byte to send is. */
  int position;

  /** Whether the socket did not take the whole batch. */
  boolean blocked;

  /** When the batch was sent or, at an offered rate, was due. */
  long startedAt;

  Connection(SocketChannel channel, SelectionKey key) {
    this.channel = channel;
    this.key = key;
  }
}
