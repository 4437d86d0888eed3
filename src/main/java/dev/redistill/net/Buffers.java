package dev.redistill.net;

import dev.redistill.command.Lookahead;
import dev.redistill.resp.RequestBatch;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one turn of a connection: arrays to read into and write from, native memory on the
 * way to and from the socket, and the requests at hand. Lent by {@link BufferPool}, so that
 * connections that take turns share the same few warm pages.
 */
final class Buffers {

  static final int SIZE = 64 * 1024;

  final byte[] in = new byte[SIZE];
  OutputBuffer out = new OutputBuffer();
  final ByteBuffer nativeIn = ByteBuffer.allocateDirect(SIZE);
  final ByteBuffer nativeOut = ByteBuffer.allocateDirect(SIZE);
  final RequestBatch requests = new RequestBatch();
  final Lookahead lookahead = new Lookahead();

  private @Nullable Object inSegment;

  /** Lets go of arrays that belong to a connection. */
  void forget() {
    requests.forget();
    lookahead.forget();
  }

  /** The array to read into, as {@link SystemCalls} takes it. */
  Object inSegment() {
    if (inSegment == null) {
      inSegment = SystemCalls.segment(in);
    }
    return inSegment;
  }
}
