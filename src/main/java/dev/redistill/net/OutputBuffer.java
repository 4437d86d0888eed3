package dev.redistill.net;

import org.jspecify.annotations.Nullable;

/** An array that replies are written into, and sent from. */
final class OutputBuffer {

  final byte[] array = new byte[Buffers.SIZE];

  private @Nullable Object segment;

  /** The array as {@link SystemCalls} takes it. */
  Object segment() {
    if (segment == null) {
      segment = SystemCalls.segment(array);
    }
    return segment;
  }
}
