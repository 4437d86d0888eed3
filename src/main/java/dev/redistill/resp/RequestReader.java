package dev.redistill.resp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the requests in the bytes that arrive. A request that is not complete yet is kept with the
 * place where reading it stopped: it is never read again from its start. Confined to one
 * connection.
 *
 * <p>The buffer is lent for one turn ({@link #lend} to {@link #giveBack}); between turns only the
 * bytes of a half-received request are kept, in an array of about their size. So memory follows the
 * bytes that have arrived, never the lengths that a client declares. A large argument that there is
 * no memory for is read to its end and forgotten, and so is the request that it belongs to.
 */
public final class RequestReader {

  private static final byte[] NOTHING = new byte[0];
  private static final int MOST_ARGUMENTS = 1024 * 1024;
  private static final int LONGEST_LINE = 64 * 1024;
  private static final int UNAUTHENTICATED_ARGUMENTS = 10;
  private static final int UNAUTHENTICATED_BULK = 16384;

  /** A request may have so many bytes without asking anybody. */
  public static final int FREE = 64 * 1024;

  private static final int NO_HEADER = -1;
  private static final int NO_LENGTH = -1;
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 64;
  private static final long NO_NUMBER = Long.MAX_VALUE;

  private final InlineRequest inline = new InlineRequest();
  private final LongSupplier longestBulk;
  private Budget budget = Budget.UNLIMITED;

  /** The length of an array that was asked for, until it is there. */
  private int wanted;

  /** How many bytes are still to come of an argument that is not kept. */
  private long unwanted;

  /** Whether an argument of the request that is being read was not kept. */
  private boolean refused;

  private boolean authenticated;

  private byte[] buffer = NOTHING;
  private boolean lent;
  private int start;
  private int position;
  private int limit;
  private int missing = NO_HEADER;
  private int bulkLength = NO_LENGTH;
  private @Nullable ProtocolException failure;

  /** The request that is being read. */
  private Request request = new Request();

  /** How many bytes of an inline request were looked at for its end. */
  private int scanned;

  /** A reader that takes arguments of so many bytes. */
  public RequestReader(LongSupplier longestBulk) {
    this.longestBulk = longestBulk;
  }

  /** Asks somebody before much is kept of a request that is not complete. */
  public void budget(Budget newBudget) {
    budget = newBudget;
  }

  /** Before somebody has authenticated, requests are held to what AUTH and HELLO need. */
  public void authenticated(boolean yes) {
    authenticated = yes;
  }

  /** The number of bytes that wait for the rest of their request. */
  public int waiting() {
    return limit - start;
  }

  /** The memory that is kept for them beyond their number; to other threads a guess. */
  public int spare() {
    return Math.max(0, Math.max(wanted, lent ? 0 : buffer.length) - waiting());
  }

  /**
   * Whether the bytes begin as no request does: with a control character or one outside of ASCII.
   */
  public boolean isJunk() {
    byte first = buffer[start];
    return first != '\r' && first != '\n' && first != '\t' && (first < ' ' || first == 127);
  }

  /** Uses a lent array as the buffer if what waits fits well into it. */
  public void lend(byte[] array) {
    int waiting = limit - start;
    if (waiting > array.length / 2) {
      return;
    }
    System.arraycopy(buffer, start, array, 0, waiting);
    moveTo(array);
    lent = true;
  }

  /** Whether the bytes lie in an array of our own, of which nobody else should keep hold. */
  public boolean isLarge() {
    return !lent && buffer.length > 0;
  }

  /** Stops using the lent array; what waits is kept in an array of our own. */
  public void giveBack() {
    if (start == limit) {
      start = position = limit = 0;
      buffer = NOTHING;
      request.buffer = NOTHING;
    } else if (lent) {
      moveTo(Arrays.copyOfRange(buffer, start, limit));
    }
    lent = false;
  }

  /** Appends bytes that were read. */
  public void append(ByteBuffer bytes) {
    skipUnwanted(bytes);
    int count = bytes.remaining();
    if (count > buffer.length - limit && !makeRoom(count)) {
      beUnwanted();
      append(bytes);
      return;
    }
    bytes.get(buffer, limit, count);
    limit += count;
  }

  /** Whether nothing waits and the lent array is the buffer, so that bytes may go to its front. */
  public boolean isLentEmpty() {
    return lent && limit == 0;
  }

  /** Takes bytes that were put behind those that wait. */
  public void received(int count) {
    limit += count;
  }

  /** Forgets the argument that is being read, and what comes of it. */
  private void beUnwanted() {
    unwanted = bulkLength + 2L - (limit - position);
    refused = true;
    limit = position;
    if (!lent) {
      moveTo(Arrays.copyOfRange(buffer, start, limit));
    }
  }

  private void skipUnwanted(ByteBuffer bytes) {
    if (unwanted == 0) {
      return;
    }
    int count = (int) Math.min(unwanted, bytes.remaining());
    bytes.position(bytes.position() + count);
    unwanted -= count;
    if (unwanted == 0) {
      request.add(position, 0);
      bulkLength = NO_LENGTH;
      missing--;
    }
  }

  /** Has the buffer take so many bytes more; answers false if there is no memory for them. */
  private boolean makeRoom(int count) {
    int waiting = limit - start;
    long needed = (long) waiting + count;
    if (needed <= buffer.length) {
      System.arraycopy(buffer, start, buffer, 0, waiting);
      moveTo(buffer);
      return true;
    }
    long roomy = needed * 2;
    if (bulkLength != NO_LENGTH) {
      roomy = Math.max(needed, Math.min(roomy, (long) position - start + bulkLength + 2));
    }
    int size = (int) Math.min(roomy, Integer.MAX_VALUE - 8);
    if (size > FREE && bulkLength != NO_LENGTH && !isGranted(size)) {
      return false;
    }
    byte[] larger = new byte[size];
    System.arraycopy(buffer, start, larger, 0, waiting);
    moveTo(larger);
    lent = false;
    wanted = 0;
    return true;
  }

  /** Asks for so many bytes, which count from now on. */
  private boolean isGranted(int size) {
    wanted = size;
    boolean granted = budget.hasRoom(size);
    if (!granted) {
      wanted = 0;
    }
    return granted;
  }

  /** Takes an array to whose front the waiting bytes were moved. */
  private void moveTo(byte[] array) {
    buffer = array;
    request.shift(start);
    position -= start;
    limit -= start;
    start = 0;
  }

  /**
   * Fills the batch with the next complete requests, which hold until {@link #giveBack}; answers
   * how many. What is wrong with the bytes behind them is thrown when they have been dealt with.
   */
  public int read(RequestBatch batch) throws ProtocolException {
    batch.clear();
    if (failure != null) {
      throw failure;
    }
    if (refused && missing == NO_HEADER) {
      refuse();
    }
    int most = authenticated ? RequestBatch.CAPACITY : 1;
    try {
      while (batch.count() < most && next()) {
        if (refused && batch.count() > 0) {
          break;
        }
        if (refused) {
          refuse();
          continue;
        }
        request.buffer = buffer;
        request = batch.add(request);
      }
    } catch (ProtocolException e) {
      if (batch.count() == 0) {
        throw e;
      }
      failure = e;
    }
    return batch.count();
  }

  private void refuse() {
    refused = false;
    request.forget();
    budget.refused();
  }

  /** Reads on to the end of the next request; answers false if more bytes are needed for it. */
  private boolean next() throws ProtocolException {
    while (position < limit || missing == 0) {
      if (missing == NO_HEADER && !(buffer[position] == '*' ? header() : nextInline())) {
        return false;
      }
      if (missing > 0 && !arguments()) {
        return false;
      }
      missing = NO_HEADER;
      start = position;
      if (request.count() > 0) {
        return true;
      }
    }
    return false;
  }

  private boolean nextInline() throws ProtocolException {
    int end = lineEnd(position);
    if (end < 0) {
      if (limit - position > LONGEST_LINE) {
        throw new ProtocolException("ERR Protocol error: too big inline request");
      }
      return false;
    }
    inline.split(buffer, position, end, request);
    position = end + 1;
    missing = 0;
    return true;
  }

  private int lineEnd(int from) {
    for (int i = from + scanned; i < limit; i++) {
      if (buffer[i] == '\n') {
        scanned = 0;
        return i;
      }
    }
    scanned = limit - from;
    return -1;
  }

  private boolean header() throws ProtocolException {
    int end = numberEnd(position + 1, "mbulk");
    if (end < 0) {
      return false;
    }
    long count = number(position + 1, end);
    if (count > MOST_ARGUMENTS) {
      throw new ProtocolException("ERR Protocol error: invalid multibulk length");
    }
    if (!authenticated && count > UNAUTHENTICATED_ARGUMENTS) {
      throw new ProtocolException("ERR Protocol error: unauthenticated multibulk length");
    }
    position = end + 2;
    missing = (int) Math.max(count, 0);
    return true;
  }

  private boolean arguments() throws ProtocolException {
    while (missing > 0) {
      if (bulkLength == NO_LENGTH && !bulkHeader()) {
        return false;
      }
      int length = bulkLength;
      if (limit - position < (long) length + 2) {
        return false;
      }
      int end = position + length;
      if (buffer[end] != '\r' || buffer[end + 1] != '\n') {
        throw new ProtocolException("ERR Protocol error");
      }
      request.add(position, length);
      position = end + 2;
      bulkLength = NO_LENGTH;
      missing--;
    }
    return true;
  }

  private boolean bulkHeader() throws ProtocolException {
    if (position >= limit) {
      return false;
    }
    int end = numberEnd(position, "bulk");
    if (end < 0) {
      return false;
    }
    if (buffer[position] != '$') {
      throw new ProtocolException(
          "ERR Protocol error: expected '$', got '" + printable(buffer[position]) + "'");
    }
    long length = number(position + 1, end);
    if (length < 0 || length > longestBulk.getAsLong() || length > LONGEST_ARRAY) {
      throw new ProtocolException("ERR Protocol error: invalid bulk length");
    }
    if (!authenticated && length > UNAUTHENTICATED_BULK) {
      throw new ProtocolException("ERR Protocol error: unauthenticated bulk length");
    }
    position = end + 2;
    bulkLength = (int) length;
    return true;
  }

  /** Where the CR of a number's line is, or -1 while the line is not complete. */
  private int numberEnd(int from, String what) throws ProtocolException {
    byte[] bytes = buffer;
    int last = limit - 1;
    for (int i = from; i < last; i++) {
      if (bytes[i] == '\r') {
        return i;
      }
    }
    if (limit - from > LONGEST_LINE) {
      throw new ProtocolException("ERR Protocol error: too big " + what + " count string");
    }
    return -1;
  }

  /** The number in a slice, or {@link #NO_NUMBER}, which is more than anything may be long. */
  private long number(int from, int end) {
    int length = end - from;
    byte[] bytes = buffer;
    if (length == 1 || length == 2) {
      int value = bytes[from] - '0';
      if (length == 2 && value > 0 && value <= 9) {
        int digit = bytes[from + 1] - '0';
        if (digit >= 0 && digit <= 9) {
          return value * 10L + digit;
        }
      } else if (length == 1 && value >= 0 && value <= 9) {
        return value;
      }
    }
    return Ascii.isLong(bytes, from, length) ? Ascii.parseLong(bytes, from, length) : NO_NUMBER;
  }

  private static char printable(byte b) {
    return b == '\r' || b == '\n' ? ' ' : (char) (b & 0xff);
  }
}
