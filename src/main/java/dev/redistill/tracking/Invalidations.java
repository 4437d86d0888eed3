package dev.redistill.tracking;

import dev.redistill.resp.Ascii;
import dev.redistill.resp.Push;
import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.List;

/**
 * The messages that tell clients which keys are outdated.
 *
 * @param direct to a client of RESP3 that hears of it itself, or for another
 * @param redirected to a client of RESP2 that hears of it for another; it takes them as messages of
 *     a channel
 */
record Invalidations(Push direct, Push redirected) {

  /** All keys, to a client that tracks in RESP2. */
  static final Invalidations ALL_2 = of(Ascii.bytes("$-1\r\n"));

  /** All keys, to a client that tracks in RESP3. */
  static final Invalidations ALL_3 = of(Ascii.bytes("_\r\n"));

  static Invalidations of(Collection<String> keys) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(Ascii.bytes("*" + keys.size() + "\r\n"));
    for (String key : keys) {
      body.writeBytes(Ascii.bytes("$" + key.length() + "\r\n" + key + "\r\n"));
    }
    return of(body.toByteArray());
  }

  static Invalidations of(String key) {
    return of(List.of(key));
  }

  private static Invalidations of(byte[] body) {
    byte[] push = Ascii.bytes(">2\r\n$10\r\ninvalidate\r\n");
    byte[] message = Ascii.bytes("*3\r\n$7\r\nmessage\r\n$20\r\n__redis__:invalidate\r\n");
    byte[] nothing = new byte[0];
    return new Invalidations(new Push(nothing, push, body), new Push(message, push, body));
  }

  /** Tells a client that the one that it redirects to is gone. */
  static Push brokenRedirect(long redirect) {
    byte[] head = Ascii.bytes(">2\r\n$21\r\ntracking-redir-broken\r\n");
    return new Push(new byte[0], head, Ascii.bytes(":" + redirect + "\r\n"));
  }
}
