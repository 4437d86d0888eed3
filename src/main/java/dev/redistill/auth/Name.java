package dev.redistill.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A key or a channel as a slice of the bytes of a request.
 *
 * @param bytes the array that it lies in
 * @param offset where it begins
 * @param length how long it is
 */
@SuppressWarnings("ArrayRecordComponent")
public record Name(byte[] bytes, int offset, int length) {

  String text() {
    return new String(bytes, offset, length, ISO_8859_1);
  }
}
