package dev.redistill.loadtest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** Writes requests into a growing array of bytes. */
final class RequestWriter {
  private static final byte[] GET = command("*2\r\n$3\r\nGET\r\n");
  private static final byte[] SET = command("*3\r\n$3\r\nSET\r\n");
  private static final byte[] INCR = command("*2\r\n$4\r\nINCR\r\n");
  private static final byte[] PING = command("*1\r\n$4\r\nPING\r\n");
  private static final byte[] MSET =
      command("*" + (1 + 2 * Workload.KEYS_PER_MSET) + "\r\n$4\r\nMSET\r\n");
  private static final byte[] ZERO = command("$1\r\n0\r\n");
  private static final String KEY_PREFIX = "key:";
  private static final int KEY_LENGTH = 16;
  private static final byte[] KEY = command("$" + KEY_LENGTH + "\r\n" + KEY_PREFIX);

  private final byte[] value;
  private byte[] bytes = new byte[1 << 16];
  private int size;

  RequestWriter(int valueSize) {
    byte[] head = command("$" + valueSize + "\r\n");
    value = Arrays.copyOf(head, head.length + valueSize + 2);
    Arrays.fill(value, head.length, head.length + valueSize, (byte) 'x');
    value[value.length - 2] = '\r';
    value[value.length - 1] = '\n';
  }

  void get(int key) {
    append(GET);
    key(key);
  }

  void set(int key) {
    append(SET);
    key(key);
    append(value);
  }

  /** SET to the number 0, which INCR takes. */
  void setZero(int key) {
    append(SET);
    key(key);
    append(ZERO);
  }

  void increment(int key) {
    append(INCR);
    key(key);
  }

  void beginMset() {
    append(MSET);
  }

  void msetPair(int key) {
    key(key);
    append(value);
  }

  void ping() {
    append(PING);
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  private void key(int number) {
    append(KEY);
    int digits = KEY_LENGTH - KEY_PREFIX.length();
    reserve(digits + 2);
    int rest = number;
    for (int i = size + digits - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
    bytes[size++] = '\r';
    bytes[size++] = '\n';
  }

  private void append(byte[] part) {
    reserve(part.length);
    System.arraycopy(part, 0, bytes, size, part.length);
    size += part.length;
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }

  private static byte[] command(String text) {
    return text.getBytes(US_ASCII);
  }
}
