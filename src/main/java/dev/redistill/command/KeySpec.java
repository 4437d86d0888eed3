package dev.redistill.command;

import dev.redistill.resp.Ascii;
import dev.redistill.resp.Request;

/**
 * Where the keys of a command stand among its arguments.
 *
 * @param first the place of the first key, 0 if there is none
 * @param last the place of the last key; negative counts from the end, -1 is the last argument
 * @param step how far keys stand apart
 * @param counter the place of an argument that says how many keys follow {@code first}, or 0
 */
public record KeySpec(int first, int last, int step, int counter) {

  /** No keys. */
  public static final KeySpec NONE = new KeySpec(0, 0, 0, 0);

  /** One key at a place. */
  public static KeySpec one(int place) {
    return new KeySpec(place, place, 1, 0);
  }

  /** As many keys from {@code first} as the argument before it says. */
  public static KeySpec counted(int first, int step) {
    return new KeySpec(first, 0, step, first - 1);
  }

  /** The place behind the last key of a request; at most {@link #first} if it holds none. */
  public int end(Request request) {
    if (counter > 0) {
      return countedEnd(request);
    }
    int end = last < 0 ? request.count() + last : last;
    return Math.min(end + 1, request.count());
  }

  private int countedEnd(Request request) {
    if (counter >= request.count()) {
      return first;
    }
    byte[] bytes = request.buffer();
    int offset = request.offset(counter);
    int length = request.length(counter);
    if (!Ascii.isLong(bytes, offset, length)) {
      return first;
    }
    long keys = Ascii.parseLong(bytes, offset, length);
    if (keys < 1 || keys > request.count()) {
      return first;
    }
    return (int) Math.min(first + (keys - 1) * step + 1, request.count());
  }
}
