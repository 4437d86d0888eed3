package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies that clients keep are never out of date for good, whoever changes what meanwhile. */
final class TrackingIT {
  private static final int READERS = 3;
  private static final int WRITERS = 3;
  private static final int ROUNDS = 1_500;
  private static final int BATCH = 8;
  private static final int LONGEST_LIFE = 20;
  private static final int MEETINGS = 400;
  private static final int MET = 200;

  /** How the clients ask for tracking. */
  private enum Mode {
    DIRECT(false, 40),
    NOLOOP(false, 40, "NOLOOP"),
    OPTIN(false, 40, "OPTIN"),
    BCAST(false, 40, "BCAST"),
    BCAST_NOLOOP(false, 40, "BCAST", "NOLOOP", "PREFIX", "key:"),
    REDIRECTED(true, 40),
    REDIRECTED_BCAST(true, 40, "BCAST"),
    MANY_KEYS(false, 5_000);

    private final boolean redirected;
    private final int keys;
    private final List<String> options;

    Mode(boolean redirected, int keys, String... options) {
      this.redirected = redirected;
      this.keys = keys;
      this.options = List.of(options);
    }

    CachingClient connect(ServerProcess server) throws IOException {
      return redirected
          ? CachingClient.redirected(server, options)
          : CachingClient.direct(server, options);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noCopyStaysOutdated(Target target) throws Exception {
    for (Mode mode : Mode.values()) {
      try (ServerProcess server = target.start()) {
        churn(server, mode);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void noCopyStaysOutdated_whenFewerKeysAreRememberedThanRead(Target target) throws Exception {
    try (ServerProcess server = target.start("--tracking-table-max-keys", "30")) {
      churn(server, Mode.MANY_KEYS);
      try (RawClient client = server.connect()) {
        assertThat(field(client, "tracking_total_keys")).isLessThanOrEqualTo(30);
      }
    }
  }

  /** One goes through the keys from the front, the other from the back: they meet every time. */
  @ParameterizedTest
  @EnumSource
  void aReadAndAWriteThatMeetLeaveNoOldCopy(Target target) throws Exception {
    try (ServerProcess server = target.start();
        CachingClient reader = CachingClient.direct(server, List.of());
        RawClient writer = server.connect()) {
      long kept = 0;
      for (int round = 1; round <= MEETINGS; round++) {
        StringBuilder writes = new StringBuilder();
        for (int i = 0; i < MET; i++) {
          reader.read("key:" + i);
          writes.append(Wire.request("SET", "key:" + (MET - 1 - i), "" + round));
        }
        boolean readFirst = round % 4 != 0;
        if (readFirst) {
          reader.begin();
        }
        writer.send(writes.toString());
        reader.run();
        for (int i = 0; i < MET; i++) {
          assertThat(writer.read()).isEqualTo("+OK\r\n");
        }
        reader.settle();
        String value = "$" + Integer.toString(round).length() + "\r\n" + round + "\r\n";
        assertThat(reader.copies().values()).as("copies, round %d", round).isSubsetOf(value);
        kept += reader.copies().size();
      }
      assertThat(kept).as("copies read after the write").isPositive();
      assertThat(reader.outdated()).as("copies read before it").isPositive();
    }
  }

  /** Redis sends it in the same moment, before or after. With several carriers ours does, too. */
  @Test
  void onOneCarrier_anInvalidationIsThereBeforeTheReplyOfTheWriter() throws Exception {
    try (ServerProcess server = ServerProcess.redistill("--io-threads", "1");
        RawClient reader = server.connect();
        RawClient writer = server.connect()) {
      assertThat(reader.call("HELLO", "3")).startsWith("%");
      assertThat(reader.call("CLIENT", "TRACKING", "ON")).isEqualTo("+OK\r\n");
      for (int i = 0; i < MEETINGS; i++) {
        assertThat(reader.call("GET", "key")).isNotEmpty();
        assertThat(writer.call("SET", "key", "" + i)).isEqualTo("+OK\r\n");
        assertThat(reader.available()).as("round %d", i).isPositive();
        assertThat(reader.read()).contains("invalidate");
      }
    }
  }

  private static void churn(ServerProcess server, Mode mode) throws Exception {
    List<CachingClient> readers = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      readers.add(mode.connect(server));
    }
    try (Together clients = new Together(server)) {
      SplittableRandom seeds = new SplittableRandom(mode.name().hashCode());
      SplittableRandom[] chances = {seeds.split(), seeds.split(), seeds.split()};
      clients.add(WRITERS, (client, number) -> write(client, mode, new SplittableRandom(number)));
      clients.meanwhile(READERS, (client, n) -> read(readers.get(n), mode, chances[n]));
      clients.run();
      Thread.sleep(LONGEST_LIFE + 200);
      for (CachingClient reader : readers) {
        assertUpToDate(server, mode, reader);
      }
    } finally {
      for (CachingClient reader : readers) {
        reader.close();
      }
    }
  }

  private static void assertUpToDate(ServerProcess server, Mode mode, CachingClient reader)
      throws IOException {
    reader.settle();
    for (int i = 0; i < 20; i++) {
      reader.read("key:" + i);
    }
    reader.settle();
    assertThat(reader.copies()).as("copies, %s", mode).isNotEmpty();
    assertThat(reader.hits()).as("hits, %s", mode).isPositive();
    assertThat(reader.outdated()).as("messages, %s", mode).isPositive();
    try (RawClient client = server.connect()) {
      client.call("HELLO", reader.isRedirected() ? "2" : "3");
      for (var copy : reader.copies().entrySet()) {
        assertThat(copy.getValue())
            .as("the copy of %s, %s", copy.getKey(), mode)
            .isEqualTo(client.call("GET", copy.getKey()));
      }
    }
  }

  private static void read(CachingClient reader, Mode mode, SplittableRandom chance)
      throws IOException {
    for (int i = 0; i < BATCH; i++) {
      String key = "key:" + chance.nextInt(mode.keys);
      if (chance.nextInt(50) == 0) {
        reader.write(key, "own:" + chance.nextInt());
      } else {
        reader.read(key);
      }
    }
    reader.run();
  }

  /** Changes keys in every way, in pipelines, and now and then all of them. */
  private static void write(RawClient client, Mode mode, SplittableRandom chance)
      throws IOException {
    for (int i = 0; i < ROUNDS; i++) {
      StringBuilder requests = new StringBuilder();
      int count = 1 + chance.nextInt(BATCH);
      for (int j = 0; j < count; j++) {
        requests.append(Wire.request(change(mode, chance)));
      }
      client.send(requests.toString());
      for (int j = 0; j < count; j++) {
        String unused = client.read();
      }
    }
  }

  private static String[] change(Mode mode, SplittableRandom chance) {
    String key = "key:" + chance.nextInt(mode.keys);
    String other = "key:" + chance.nextInt(mode.keys);
    String value = Integer.toString(chance.nextInt(1_000_000));
    String life = Integer.toString(1 + chance.nextInt(LONGEST_LIFE));
    return switch (chance.nextInt(24)) {
      case 0, 1 -> new String[] {"SET", key, value, "PX", life};
      case 2 -> new String[] {"PEXPIRE", key, life};
      case 3 -> new String[] {"DEL", key, other};
      case 4 -> new String[] {"RENAME", key, other};
      case 5 -> new String[] {"APPEND", key, value};
      case 6 -> new String[] {"INCR", key};
      case 7 -> new String[] {"MSET", key, value, other, value};
      case 8 -> new String[] {"COPY", key, other, "REPLACE"};
      case 9 -> new String[] {"GETDEL", key};
      case 10 -> new String[] {"SETRANGE", key, "2000", value};
      case 11 ->
          chance.nextInt(20) == 0 ? new String[] {"FLUSHALL"} : new String[] {"PERSIST", key};
      default -> new String[] {"SET", key, value};
    };
  }

  private static long field(RawClient client, String name) throws IOException {
    String info = client.call("INFO", "stats");
    int start = info.indexOf(name + ":") + name.length() + 1;
    return Long.parseLong(info.substring(start, info.indexOf('\r', start)));
  }
}
