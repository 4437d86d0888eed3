package dev.redistill.net;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The buffers of one carrier: one that is nearly always enough, and a few more for turns that had
 * to wait.
 */
final class BufferPool {

  private static final int MOST_SPARE = 64;

  private final AtomicReference<Buffers> first = new AtomicReference<>(new Buffers());
  private final ConcurrentLinkedDeque<Buffers> spare = new ConcurrentLinkedDeque<>();
  private final AtomicInteger spares = new AtomicInteger();

  Buffers borrow() {
    Buffers buffers = first.getAndSet(null);
    if (buffers != null) {
      return buffers;
    }
    buffers = spare.pollFirst();
    if (buffers == null) {
      return new Buffers();
    }
    spares.decrementAndGet();
    return buffers;
  }

  void giveBack(Buffers buffers) {
    if (first.compareAndSet(null, buffers)) {
      return;
    }
    if (spares.incrementAndGet() <= MOST_SPARE) {
      spare.addFirst(buffers);
    } else {
      spares.decrementAndGet();
    }
  }
}
