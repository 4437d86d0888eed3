package dev.redistill.it;

import java.util.List;

/** One line of an exchange. */
sealed interface Step {
  /** The number of replies that stands for "everything until the connection is closed". */
  int UNTIL_CLOSED = -1;

  /** The number of replies that stands for "nothing comes, and the connection stays open". */
  int NOTHING = -2;

  /** The number of replies that stands for "all to the one with a given text". */
  int UNTIL_TEXT = -3;

  /**
   * Sends a request over a connection, then reads a number of replies.
   *
   * @param arguments the request, or empty where {@code bytes} are sent as they are; with {@link
   *     #UNTIL_TEXT} the text
   * @param capture the name under which the reply is kept for later requests, or empty; with a
   *     colon and the name of a field where only that field is wanted
   */
  record Send(
      int connection,
      List<String> arguments,
      String bytes,
      int replies,
      Check check,
      String capture)
      implements Step {

    /** A request as an array of bulk strings. */
    static Send request(int connection, List<String> arguments, int replies, Check check) {
      return new Send(connection, arguments, Wire.request(arguments), replies, check, "");
    }

    /** Bytes as they are. */
    static Send raw(int connection, String bytes, int replies, Check check) {
      return new Send(connection, List.of(), bytes, replies, check, "");
    }

    /** Sends nothing and reads replies to the one that holds a text. */
    static Send until(int connection, String text, Check check) {
      return new Send(connection, List.of(text), "", UNTIL_TEXT, check, "");
    }

    Send with(Check other) {
      return new Send(connection, arguments, bytes, replies, other, capture);
    }

    Send capturedAs(String name) {
      return new Send(connection, arguments, bytes, replies, check, name);
    }
  }

  /** Lets time pass. */
  record Pause(int millis) implements Step {}

  /** Closes a connection from the client's side. */
  record Leave(int connection) implements Step {}
}
