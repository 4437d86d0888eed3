package dev.redistill.resp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes replies as RESP2 or RESP3 into a buffer until they can be sent. Confined to one
 * connection.
 *
 * <p>Small values are copied once, into the buffer; large ones that never change are kept by
 * reference and sent from where they lie. The buffer is lent for one turn ({@link #lend} to {@link
 * #giveBack}); between turns only what could not be sent is kept. A command that fails half-way is
 * taken back to its {@link #mark}.
 */
public final class ReplyWriter {

  private static final byte[] NOTHING = new byte[0];
  private static final byte[] OK = Ascii.bytes("+OK\r\n");
  private static final byte[] NIL_2 = Ascii.bytes("$-1\r\n");
  private static final byte[] NIL_3 = Ascii.bytes("_\r\n");
  private static final byte[] NIL_ARRAY_2 = Ascii.bytes("*-1\r\n");
  private static final byte[] ZERO = Ascii.bytes(":0\r\n");
  private static final byte[] ONE = Ascii.bytes(":1\r\n");
  private static final int BY_REFERENCE_FROM = 16 * 1024;
  private static final int HEADER = 3 + Ascii.LONGEST;

  private byte[] buffer = NOTHING;
  private boolean lent;
  private int position;
  private int sent;
  private boolean resp3;
  private Runnable whenLarge = () -> {};

  /* Values kept by reference: values.get(i) belongs before the byte at places[i] of the buffer. */
  private final List<byte[]> values = new ArrayList<>(0);
  private int[] places = new int[0];
  private int firstValue;
  private int sentOfValue;
  private long valueBytes;

  /** Runs this whenever a large value is written, or more than there was room for. */
  public void whenLarge(Runnable listener) {
    whenLarge = listener;
  }

  /** A point to which {@link #rollback} can return. */
  public long mark() {
    return (long) values.size() << 32 | position;
  }

  /** Takes back everything that was written since the mark. */
  public void rollback(long mark) {
    position = (int) mark;
    int count = (int) (mark >>> 32);
    while (values.size() > count) {
      valueBytes -= values.remove(values.size() - 1).length;
    }
  }

  /** The number of bytes that were written since the mark. */
  public long bytesSince(long mark) {
    List<byte[]> since = values.subList((int) (mark >>> 32), values.size());
    return position - (int) mark + since.stream().mapToLong(value -> value.length).sum();
  }

  /** The number of bytes that wait to be sent. */
  public long pending() {
    return position - sent + valueBytes - sentOfValue;
  }

  public boolean isResp3() {
    return resp3;
  }

  public void resp3(boolean yes) {
    resp3 = yes;
  }

  /** Uses a lent array as the buffer if nothing waits to be sent. */
  public void lend(byte[] array) {
    if (pending() == 0) {
      buffer = array;
      lent = true;
    }
  }

  /** Stops using the lent array; what waits to be sent is kept in an array of our own. */
  public void giveBack() {
    if (pending() == 0) {
      buffer = NOTHING;
    } else if (lent || sent > position / 2) {
      dropSent();
    }
    lent = false;
  }

  private void dropSent() {
    buffer = Arrays.copyOfRange(buffer, sent, position);
    position -= sent;
    values.subList(0, firstValue).clear();
    for (int i = 0; i < values.size(); i++) {
      places[i] = places[i + firstValue] - sent;
    }
    firstValue = 0;
    sent = 0;
  }

  /** Fills the target with the next bytes to send, without taking them. */
  public void peek(ByteBuffer target) {
    int at = sent;
    int value = firstValue;
    int skip = sentOfValue;
    while (target.hasRemaining()) {
      if (value < values.size() && places[value] == at) {
        byte[] bytes = values.get(value);
        int count = Math.min(target.remaining(), bytes.length - skip);
        target.put(bytes, skip, count);
        skip = 0;
        value++;
        continue;
      }
      int end = value < values.size() ? places[value] : position;
      if (at == end) {
        return;
      }
      int count = Math.min(target.remaining(), end - at);
      target.put(buffer, at, count);
      at += count;
    }
  }

  /** Whether what waits is the front of the lent array. */
  public boolean isLentPlain() {
    return lent && sent == 0 && values.isEmpty();
  }

  /** Takes bytes that were sent away. */
  public void sent(int bytes) {
    int left = bytes;
    while (left > 0) {
      if (firstValue < values.size() && places[firstValue] == sent) {
        int size = values.get(firstValue).length;
        int count = Math.min(left, size - sentOfValue);
        sentOfValue += count;
        left -= count;
        if (sentOfValue == size) {
          values.set(firstValue++, NOTHING);
          valueBytes -= size;
          sentOfValue = 0;
        }
        continue;
      }
      int end = firstValue < values.size() ? places[firstValue] : position;
      int count = Math.min(left, end - sent);
      sent += count;
      left -= count;
    }
    if (pending() == 0) {
      forget();
    }
  }

  private void forget() {
    position = 0;
    sent = 0;
    firstValue = 0;
    values.clear();
  }

  /** {@code +OK}. */
  public void ok() {
    raw(OK);
  }

  /** A simple string; it must not hold CR or LF. */
  public void simple(String text) {
    line('+', text);
  }

  /** An error with its code in front; CR and LF in it become spaces. */
  public void error(String message) {
    line('-', message.replace('\r', ' ').replace('\n', ' '));
  }

  private void line(char type, String text) {
    int length = text.length();
    ensure(length + 3);
    buffer[position++] = (byte) type;
    for (int i = 0; i < length; i++) {
      buffer[position++] = (byte) text.charAt(i);
    }
    newline();
  }

  public void integer(long value) {
    if (value == 0) {
      raw(ZERO);
    } else if (value == 1) {
      raw(ONE);
    } else {
      header(':', value);
    }
  }

  /** A bulk string of bytes that never change; large ones are not copied. */
  public void bulk(byte[] value) {
    int length = value.length;
    if (length >= BY_REFERENCE_FROM) {
      header('$', length);
      reference(value);
      ensure(2);
      newline();
    } else {
      bulk(value, 0, length);
    }
  }

  /** A bulk string of a slice, which is copied. */
  public void bulk(byte[] source, int offset, int length) {
    ensure(length + HEADER + 2);
    byte[] target = buffer;
    int at = position;
    target[at++] = '$';
    if (length < 10) {
      target[at++] = (byte) ('0' + length);
    } else if (length < 100) {
      target[at++] = (byte) ('0' + length / 10);
      target[at++] = (byte) ('0' + length % 10);
    } else {
      at = decimal(length, at);
    }
    target[at++] = '\r';
    target[at++] = '\n';
    System.arraycopy(source, offset, target, at, length);
    at += length;
    target[at++] = '\r';
    target[at++] = '\n';
    position = at;
  }

  /** A bulk string of text, one byte per character. */
  public void bulk(String text) {
    bulk(Ascii.bytes(text));
  }

  /** A bulk string or, for null, nil. */
  public void bulkOrNil(byte @Nullable [] value) {
    if (value == null) {
      nil();
    } else {
      bulk(value);
    }
  }

  /** A bulk string of a number in decimal. */
  public void bulk(long number) {
    bulk(Ascii.ofLong(number));
  }

  /** No value. */
  public void nil() {
    raw(resp3 ? NIL_3 : NIL_2);
  }

  /** No array. */
  public void nilArray() {
    raw(resp3 ? NIL_3 : NIL_ARRAY_2);
  }

  /** The header of an array of so many elements, which follow. */
  public void array(long count) {
    header('*', count);
  }

  /** The header of a map of so many pairs; in RESP2 an array of twice as many elements. */
  public void map(long pairs) {
    header(resp3 ? '%' : '*', resp3 ? pairs : pairs * 2);
  }

  /** The header of a set of so many members; in RESP2 an array. */
  public void set(long count) {
    header(resp3 ? '~' : '*', count);
  }

  /** The header of a message that answers no request; in RESP2 an array. */
  public void push(long count) {
    header(resp3 ? '>' : '*', count);
  }

  /** A message that answers no request; large ones are not copied. */
  public void push(Push message) {
    raw(message.head(resp3));
    byte[] body = message.body();
    if (body.length >= BY_REFERENCE_FROM) {
      reference(body);
    } else {
      raw(body);
    }
  }

  /** A truth value; in RESP2 1 or 0. */
  public void bool(boolean value) {
    if (resp3) {
      line('#', value ? "t" : "f");
    } else {
      integer(value ? 1 : 0);
    }
  }

  /** A number with a fraction, already in Redis' notation; in RESP2 a bulk string. */
  public void decimal(String number) {
    if (resp3) {
      line(',', number);
    } else {
      bulk(number);
    }
  }

  /** An integer of any size in decimal; in RESP2 a bulk string. */
  public void bigNumber(String digits) {
    if (resp3) {
      line('(', digits);
    } else {
      bulk(digits);
    }
  }

  /** Text for people, of a format such as {@code txt}; in RESP2 a bulk string. */
  public void verbatim(String format, byte[] text) {
    if (!resp3) {
      bulk(text, 0, text.length);
      return;
    }
    header('=', text.length + 4L);
    raw(Ascii.bytes(format + ":"));
    raw(text);
    ensure(2);
    newline();
  }

  /** Bytes that are a reply already. */
  public void raw(byte[] bytes) {
    ensure(bytes.length);
    System.arraycopy(bytes, 0, buffer, position, bytes.length);
    position += bytes.length;
  }

  private void header(char type, long count) {
    ensure(HEADER);
    buffer[position++] = (byte) type;
    if (count >= 0 && count < 10) {
      buffer[position++] = (byte) ('0' + count);
    } else {
      position = decimal(count, position);
    }
    newline();
  }

  private int decimal(long value, int at) {
    int end = at + Ascii.length(value);
    Ascii.write(value, buffer, end);
    return end;
  }

  private void newline() {
    buffer[position++] = '\r';
    buffer[position++] = '\n';
  }

  private void reference(byte[] value) {
    whenLarge.run();
    int count = values.size();
    if (count == places.length) {
      places = Arrays.copyOf(places, Math.max(4, count * 2));
    }
    places[count] = position;
    values.add(value);
    valueBytes += value.length;
  }

  private void ensure(int bytes) {
    if (bytes > buffer.length - position) {
      grow(bytes);
    }
  }

  private void grow(int bytes) {
    whenLarge.run();
    long needed = (long) position + bytes;
    if (needed > Integer.MAX_VALUE - 8) {
      throw new OutputTooLargeException();
    }
    long roomy = Math.min(needed * 2, Integer.MAX_VALUE - 8);
    buffer = Arrays.copyOf(buffer, (int) Math.max(roomy, 256));
    lent = false;
  }
}
