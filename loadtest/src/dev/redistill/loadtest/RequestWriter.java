package dev.redistill.loadtest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes requests into a growing array of bytes. */
final class RequestWriter {
  private static final byte[] GET = command("*2\r\n$3\r\nGET\r\n");
  private static final byte[] SET = command("*3\r\n$3\r\nSET\r\n");
  private static final byte[] INCR = command("*2\r\n$4\r\nINCR\r\n");
  private static final byte[] PING = command("*1\r\n$4\r\nPING\r\n");
  private static final byte[] MSET =
      command("*" + (1 + 2 * Workload.KEYS_PER_MSET) + "\r\n$4\r\nMSET\r\n");
  private static final byte[] HGET = command("*3\r\n$4\r\nHGET\r\n");
  private static final byte[] HSET = command("*4\r\n$4\r\nHSET\r\n");
  private static final byte[] HSET_ALL =
      command("*" + (2 + 2 * Workload.FIELDS_PER_HASH) + "\r\n$4\r\nHSET\r\n");
  private static final byte[] HASH = command("$4\r\nhash\r\n");
  private static final byte[] HINCRBY = command("*4\r\n$7\r\nHINCRBY\r\n");
  private static final byte[] HDEL = command("*3\r\n$4\r\nHDEL\r\n");
  private static final byte[] ONE = command("$1\r\n1\r\n");
  private static final byte[] FIELD = command("$10\r\nfield:000");
  private static final byte[] ZERO = command("$1\r\n0\r\n");
  private static final String KEY_PREFIX = "key:";
  private static final int KEY_LENGTH = 16;
  private static final byte[] KEY = command("$" + KEY_LENGTH + "\r\n" + KEY_PREFIX);
  private static final int DIGITS = KEY_LENGTH - KEY_PREFIX.length();

  /** How many of the digits can be other than 0. */
  private static final int INT_DIGITS = 10;

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

  /** Changes the key of a GET or SET that begins at {@code start}. */
  static void changeKey(ByteBuffer requests, int start, int key) {
    int first = start + GET.length + KEY.length + DIGITS - INT_DIGITS;
    int rest = key;
    for (int i = first + INT_DIGITS - 1; i >= first; i--) {
      requests.put(i, (byte) ('0' + rest % 10));
      rest /= 10;
    }
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

  /** HGET of a field of a small hash. */
  void getOfHash(int key, int field) {
    append(HGET);
    key(key);
    field(field);
  }

  /** HSET of a field of a small hash. */
  void setOfHash(int key, int field) {
    append(HSET);
    key(key);
    field(field);
    append(value);
  }

  /** HSET of all fields of a small hash. */
  void setHash(int key) {
    append(HSET_ALL);
    key(key);
    for (int field = 0; field < Workload.FIELDS_PER_HASH; field++) {
      field(field);
      append(value);
    }
  }

  /** HGET of a field of the one large hash; its name is written as keys are. */
  void getField(int field) {
    append(HGET);
    append(HASH);
    key(field);
  }

  /** HSET of a field of the one large hash. */
  void setField(int field) {
    append(HSET);
    append(HASH);
    key(field);
    append(value);
  }

  /** HSET of a field of the one large hash to the number 0, which HINCRBY takes. */
  void setFieldZero(int field) {
    append(HSET);
    append(HASH);
    key(field);
    append(ZERO);
  }

  void incrementField(int field) {
    append(HINCRBY);
    append(HASH);
    key(field);
    append(ONE);
  }

  void deleteField(int field) {
    append(HDEL);
    append(HASH);
    key(field);
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

  private void field(int number) {
    append(FIELD);
    reserve(3);
    bytes[size++] = (byte) ('0' + number);
    bytes[size++] = '\r';
    bytes[size++] = '\n';
  }

  private void key(int number) {
    append(KEY);
    reserve(DIGITS + 2);
    int rest = number;
    for (int i = size + DIGITS - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += DIGITS;
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
