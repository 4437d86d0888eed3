package dev.redistill.command;

import dev.redistill.resp.Ascii;
import dev.redistill.resp.Request;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call, taken one after the other. What cannot be taken throws Redis' own error,
 * before the store is touched. Confined to one connection.
 */
public final class Arguments {

  private Request request = new Request();
  private int at;

  void start(Request newRequest) {
    request = newRequest;
    at = 1;
  }

  /** Whether another argument is left. */
  public boolean hasNext() {
    return at < request.count();
  }

  /** The number of arguments left. */
  public int left() {
    return request.count() - at;
  }

  /** The place of the next argument in the request. */
  public int place() {
    return at;
  }

  /** Takes the next argument; answers its place in the request. */
  public int next() {
    if (at >= request.count()) {
      throw CommandException.SYNTAX;
    }
    return at++;
  }

  /** Skips so many arguments. */
  public Arguments skip(int count) {
    at += count;
    return this;
  }

  /** A copy of the next argument. */
  public byte[] nextBytes() {
    return request.bytes(next());
  }

  /** The next argument as text, one character per byte. */
  public String nextText() {
    return request.text(next());
  }

  /** The next argument as an integer. */
  public long nextLong() {
    return nextLong(CommandException.NOT_AN_INTEGER);
  }

  /** The next argument as an integer, or the given error. */
  public long nextLong(CommandException otherwise) {
    return longAt(next(), otherwise);
  }

  /** The argument at a place as an integer, or the given error. */
  public long longAt(int place, CommandException otherwise) {
    byte[] bytes = request.buffer();
    int offset = request.offset(place);
    int length = request.length(place);
    if (!Ascii.isLong(bytes, offset, length)) {
      throw otherwise;
    }
    return Ascii.parseLong(bytes, offset, length);
  }

  /** Takes the next argument if it is this word, given in upper case, whatever its own case. */
  public boolean take(String word) {
    if (at < request.count() && request.is(at, word)) {
      at++;
      return true;
    }
    return false;
  }

  /** Takes the next argument if it is one of the constants of an enum, by their names. */
  public <E extends Enum<E>> @Nullable E takeAny(E[] choices) {
    for (E choice : choices) {
      if (take(choice.name())) {
        return choice;
      }
    }
    return null;
  }

  /** Nothing may be left. */
  public void end() {
    if (hasNext()) {
      throw CommandException.SYNTAX;
    }
  }
}
