package dev.redistill.resp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large requests that there is no memory for. */
final class RequestBudgetTest implements Budget {

  private static final int LARGE = 300_000;

  private final RequestReader reader = new RequestReader(() -> LARGE * 2L);
  private final List<String> seen = new ArrayList<>();
  private int most = Integer.MAX_VALUE;

  @Override
  public boolean hasRoom(int bytes) {
    return bytes <= most;
  }

  @Override
  public void refused() {
    seen.add("refused");
  }

  private static String set(int size) {
    return "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$" + size + "\r\n" + "x".repeat(size) + "\r\n";
  }

  private void receive(String text, int step) throws ProtocolException {
    byte[] bytes = text.getBytes(US_ASCII);
    RequestBatch batch = new RequestBatch();
    for (int at = 0; at < bytes.length; at += step) {
      reader.lend(new byte[64 * 1024]);
      reader.append(ByteBuffer.wrap(bytes, at, Math.min(step, bytes.length - at)));
      while (reader.read(batch) > 0) {
        for (int i = 0; i < batch.count(); i++) {
          Request request = batch.get(i);
          seen.add(request.text(0) + " " + request.length(request.count() - 1));
        }
      }
      reader.giveBack();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000, 65_536})
  void aRequestWithoutRoom_isReadToItsEndAndRefusedInItsTurn(int step) throws ProtocolException {
    reader.budget(this);
    reader.authenticated(true);
    most = 100_000;
    String ping = "*1\r\n$4\r\nPING\r\n";
    receive(ping + set(LARGE) + ping + ping + set(LARGE) + set(10) + ping, step);
    assertThat(seen)
        .containsExactly("PING 4", "refused", "PING 4", "PING 4", "refused", "SET 10", "PING 4");
    assertThat(reader.waiting()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 65_536})
  void aRequestWithRoom_isKept(int step) throws ProtocolException {
    reader.budget(this);
    reader.authenticated(true);
    receive(set(LARGE), step);
    assertThat(seen).containsExactly("SET " + LARGE);
  }
}
