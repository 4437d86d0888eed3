package dev.redistill.commands;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.CommandException;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.Request;
import dev.redistill.store.Text;
import dev.redistill.util.Xxh3;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What has to be true of a key for SET or DELEX to change it. */
enum Condition {
  /** The key does not exist. */
  NX,
  /** The key exists. */
  XX,
  /** The value is that of the argument. */
  IFEQ,
  /** The value is not that of the argument. */
  IFNE,
  /** The digest of the value is that of the argument. */
  IFDEQ,
  /** The digest of the value is not that of the argument. */
  IFDNE;

  private static final Condition[] ALL = values();
  private static final int DIGEST_LENGTH = 16;
  private static final CommandException BAD_DIGEST =
      new CommandException("ERR must be exactly 16 hexadecimal characters");

  /** Takes the next argument if it is a condition. */
  static @Nullable Condition take(Arguments arguments) {
    return arguments.takeAny(ALL);
  }

  /** Whether the value is compared with an argument, which follows. */
  boolean compares() {
    return this != NX && this != XX;
  }

  /** Whether it holds for the first key, with the argument at a place. */
  boolean holds(Call call, int place) {
    return switch (this) {
      case NX -> call.entry() == null;
      case XX -> call.entry() != null;
      case IFEQ -> isEqual(call, place);
      case IFNE -> !isEqual(call, place);
      case IFDEQ -> isDigestEqual(call, place);
      case IFDNE -> !isDigestEqual(call, place);
    };
  }

  private static boolean isEqual(Call call, int place) {
    Object text = call.text();
    return text != null && equal(text, call.request(), place);
  }

  /** Whether a string has the bytes of an argument. */
  static boolean equal(Object text, Request request, int place) {
    int from = request.offset(place);
    int to = from + request.length(place);
    return Arrays.equals(Text.bytes(text), 0, Text.length(text), request.buffer(), from, to);
  }

  private static boolean isDigestEqual(Call call, int place) {
    Object text = call.text();
    if (text == null) {
      return false;
    }
    Request request = call.request();
    if (request.length(place) != DIGEST_LENGTH) {
      throw BAD_DIGEST;
    }
    String digest = Ascii.text(request.buffer(), request.offset(place), DIGEST_LENGTH);
    if (!digest.chars().allMatch(HexFormat::isHexDigit)) {
      throw BAD_DIGEST;
    }
    return HexFormat.fromHexDigitsToLong(digest) == digest(text);
  }

  /** The digest of a string. */
  static long digest(Object text) {
    return Xxh3.hash(Text.bytes(text), 0, Text.length(text));
  }
}
