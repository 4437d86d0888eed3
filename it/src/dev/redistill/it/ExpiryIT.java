package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key is there to its last millisecond and not one longer. */
final class ExpiryIT {
  private static final String MISSING = "$-1\r\n";
  private static final long NANOS = 1_000_000;

  @ParameterizedTest
  @EnumSource
  void aKeyIsThereUntilItsTimeAndNotAfter(Target target) throws Exception {
    try (ServerProcess server = target.start();
        RawClient client = server.connect()) {
      for (int millis = 1; millis <= 40; millis++) {
        assertVisibleFor(client, millis);
      }
    }
  }

  private static void assertVisibleFor(RawClient client, int millis) throws IOException {
    long asked = System.nanoTime();
    client.call("SET", "k", "v", "PX", Integer.toString(millis));
    long done = System.nanoTime();
    boolean seen = true;
    while (seen) {
      long sent = System.nanoTime();
      seen = !client.call("GET", "k").equals(MISSING);
      long read = System.nanoTime();
      /* The server's clock counts whole milliseconds: one of them may be cut at either end. */
      if (seen) {
        assertThat(sent - done).as("still there").isLessThan((millis + 1) * NANOS);
      } else {
        assertThat(read - asked).as("gone already").isGreaterThan((millis - 1) * NANOS);
      }
    }
    assertThat(client.call("TTL", "k")).isEqualTo(":-2\r\n");
  }

  @ParameterizedTest
  @EnumSource
  void anExpiredCounterBeginsAnew(Target target) throws Exception {
    try (ServerProcess server = target.start();
        Together clients = new Together(server)) {
      clients
          .add(
              2,
              (client, number) -> {
                for (int i = 0; i < 1_500; i++) {
                  client.call("SET", "k", "1000000", "PX", "1");
                  Thread.sleep(1);
                }
              })
          .meanwhile(
              2,
              (client, number) -> {
                long value = client.integer("INCR", "k");
                assertThat(value % 1_000_000).isBetween(0L, 500_000L);
              })
          .meanwhile(
              1,
              (client, number) -> {
                client.send(
                    Wire.request("MULTI")
                        + Wire.request("INCR", "k")
                        + Wire.request("PTTL", "k")
                        + Wire.request("EXISTS", "k")
                        + Wire.request("EXEC"));
                String exec = "";
                for (int i = 0; i < 5; i++) {
                  exec = client.read();
                }
                assertConsistent(exec);
              });
      clients.run();
    }
  }

  /** Inside a transaction time stands still: what has been increased is there. */
  private static void assertConsistent(String exec) {
    Tree replies = Tree.parse(exec).get(0);
    long value = Long.parseLong(replies.children().get(0).text());
    long left = Long.parseLong(replies.children().get(1).text());
    String there = replies.children().get(2).text();
    assertThat(there).as(exec).isEqualTo("1");
    assertThat(left).as(exec).isGreaterThanOrEqualTo(-1);
    if (value < 1_000_000) {
      assertThat(left).as("a counter that began anew has no time to live: %s", exec).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keysThatNobodyAsksForGoAway(Target target) throws Exception {
    int keys = 20_000;
    try (ServerProcess server = target.start();
        RawClient client = server.connect()) {
      for (int i = 0; i < keys; i++) {
        client.send(Wire.request("SET", "k" + i, "v", "PX", "50"));
      }
      for (int i = 0; i < keys; i++) {
        client.read();
      }
      client.call("SET", "stays", "v");

      for (int tries = 0; tries < 200 && client.integer("DBSIZE") > 1; tries++) {
        Thread.sleep(50);
      }

      assertThat(client.integer("DBSIZE")).isEqualTo(1);
    }
  }
}
