package dev.redistill.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.redistill.resp.ProtocolException;
import dev.redistill.resp.Request;
import dev.redistill.resp.RequestBatch;
import dev.redistill.resp.RequestReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Fuzz target: bytes that a client sends. Wherever they are cut, the same requests are found and
 * the same is said of what is none, and memory follows what has arrived.
 */
public final class RequestsFuzz {

  private static final int LENT = 256;
  private static final long LONGEST_BULK = 1 << 20;

  private RequestsFuzz() {}

  /** The entry point that Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    FuzzInput input = new FuzzInput(bytes);
    boolean authenticated = input.below(4) != 0;
    FuzzInput cuts = new FuzzInput(input.take(8));
    byte[] sent = input.rest();
    String whole = new Feed(authenticated).give(sent, 0, sent.length).found();
    Feed feed = new Feed(authenticated);
    for (int at = 0; at < sent.length; ) {
      int count = Math.min(sent.length - at, 1 + (cuts.isEmpty() ? 0 : cuts.below(64)));
      feed.give(sent, at, count);
      at += count;
    }
    if (!feed.found().equals(whole)) {
      throw new AssertionError("in pieces: " + feed.found() + "; whole: " + whole);
    }
  }

  /** What a reader finds in bytes that come turn by turn. */
  private static final class Feed {

    private final RequestReader reader = new RequestReader(() -> LONGEST_BULK);
    private final RequestBatch batch = new RequestBatch();
    private final List<String> found = new ArrayList<>();
    private final byte[] lent = new byte[LENT];
    private boolean failed;
    private int arrived;

    Feed(boolean authenticated) {
      reader.authenticated(authenticated);
    }

    Feed give(byte[] bytes, int from, int count) {
      if (failed) {
        return this;
      }
      arrived += count;
      reader.lend(lent);
      reader.append(ByteBuffer.wrap(bytes, from, count));
      read();
      reader.giveBack();
      long kept = (long) reader.waiting() + reader.spare();
      if (!failed && kept > 2L * arrived + LENT) {
        throw new AssertionError(kept + " bytes are kept of " + arrived);
      }
      return this;
    }

    private void read() {
      try {
        while (reader.read(batch) > 0) {
          for (int i = 0; i < batch.count(); i++) {
            found.add(words(batch.get(i)));
          }
        }
      } catch (ProtocolException e) {
        failed = true;
        found.add("refused: " + e.getMessage());
      }
    }

    String found() {
      return found.toString();
    }

    private static String words(Request request) {
      List<String> words = new ArrayList<>();
      for (int i = 0; i < request.count(); i++) {
        words.add(new String(request.buffer(), request.offset(i), request.length(i), ISO_8859_1));
      }
      return words.toString();
    }
  }
}
