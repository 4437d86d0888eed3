package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** COMMANDLOG over a connection: what of a pipeline was large, and how large. */
final class CommandLogIT {
  private static final String LARGE = "x".repeat(1 << 20);
  private static final String SMALL = "y".repeat(300_000);

  @Test
  void largeRequestsAndRepliesAreToldOfWithTheirBytes() throws Exception {
    try (ServerProcess server = Target.REDISTILL.start();
        RawClient client = server.connect()) {
      String set = Wire.request("SET", "large", LARGE);
      client.send(
          Wire.request("SET", "small", SMALL)
              + set
              + Wire.request("GET", "small")
              + Wire.request("GET", "large")
              + Wire.request("GET", "small"));
      assertThat(client.read()).isEqualTo("+OK\r\n");
      assertThat(client.read()).isEqualTo("+OK\r\n");
      assertThat(client.read()).isEqualTo(Wire.bulk(SMALL));
      assertThat(client.read().equals(Wire.bulk(LARGE))).isTrue();
      assertThat(client.read()).isEqualTo(Wire.bulk(SMALL));

      assertThat(client.integer("COMMANDLOG", "LEN", "large-request")).isEqualTo(1);
      assertThat(client.call("COMMANDLOG", "GET", "-1", "large-request"))
          .startsWith("*1\r\n*6\r\n:0\r\n:")
          .contains("\r\n:" + set.length() + "\r\n*3\r\n$3\r\nSET\r\n$5\r\nlarge\r\n");
      assertThat(client.integer("COMMANDLOG", "LEN", "large-reply")).isEqualTo(1);
      assertThat(client.call("COMMANDLOG", "GET", "10", "large-reply"))
          .contains("\r\n:" + Wire.bulk(LARGE).length() + "\r\n*2\r\n$3\r\nGET\r\n$5\r\nlarge\r\n");
      assertThat(client.integer("COMMANDLOG", "LEN", "slow")).isLessThan(6);
    }
  }

  @Test
  void aLargeRequestThatFailsIsToldOf() throws Exception {
    try (ServerProcess server = Target.REDISTILL.start();
        RawClient client = server.connect()) {
      client.call("HSET", "hash", "field", "value");
      assertThat(client.call("APPEND", "hash", LARGE)).startsWith("-WRONGTYPE");
      assertThat(client.call("COMMANDLOG", "GET", "-1", "large-request"))
          .startsWith("*1\r\n*6\r\n:0\r\n:")
          .contains("\r\n*3\r\n$6\r\nAPPEND\r\n$4\r\nhash\r\n");
    }
  }

  @Test
  void whatIsLargeIsASetting() throws Exception {
    try (ServerProcess server =
            Target.REDISTILL.start(
                "--commandlog-request-larger-than", "310000",
                "--commandlog-reply-larger-than", "-1",
                "--commandlog-large-request-max-len", "2");
        RawClient client = server.connect()) {
      client.call("SET", "small", SMALL);
      assertThat(client.integer("COMMANDLOG", "LEN", "large-request")).isZero();
      for (int i = 0; i < 3; i++) {
        client.call("SET", "key" + i, LARGE);
        client.call("GET", "key" + i);
      }
      assertThat(client.call("COMMANDLOG", "GET", "-1", "large-request"))
          .startsWith("*2\r\n*6\r\n:2\r\n")
          .contains("key2", "key1")
          .doesNotContain("key0");
      assertThat(client.integer("COMMANDLOG", "LEN", "large-reply")).isZero();
    }
  }
}
