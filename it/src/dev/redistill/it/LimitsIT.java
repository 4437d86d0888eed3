package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server refuses so that the others are served. */
final class LimitsIT {
  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void oneClientTooManyIsToldSo(Target target) throws Exception {
    try (ServerProcess server = target.start("--maxclients", "5")) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        RawClient client = server.connect();
        assertThat(client.call("PING")).isEqualTo("+PONG\r\n");
        clients.add(client);
      }

      try (RawClient tooMany = server.connect()) {
        assertThat(tooMany.observeEnd(5_000))
            .isEqualTo("-ERR max number of clients reached\r\n(closed)");
      }
      clients.remove(0).close();
      Thread.sleep(200);
      try (RawClient next = server.connect()) {
        assertThat(next.call("PING")).isEqualTo("+PONG\r\n");
      }
      for (RawClient client : clients) {
        assertThat(client.call("PING")).isEqualTo("+PONG\r\n");
        client.close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void anIdleClientIsClosed(Target target) throws Exception {
    try (ServerProcess server = target.start("--timeout", "1");
        RawClient idle = server.connect();
        RawClient busy = server.connect()) {
      idle.call("PING");
      for (int i = 0; i < 40; i++) {
        assertThat(busy.call("PING")).isEqualTo("+PONG\r\n");
        Thread.sleep(100);
      }

      assertThat(idle.observeEnd(100)).isEqualTo("(closed)");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void aDeclaredLengthTakesNoMemory(Target target) throws Exception {
    try (ServerProcess server = target.start();
        RawClient watcher = server.connect()) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        RawClient client = server.connect();
        client.send(i % 2 == 0 ? "*1048576\r\n" : "*2\r\n$4\r\nECHO\r\n$536870912\r\nabc");
        clients.add(client);
      }

      assertThat(watcher.call("PING")).isEqualTo("+PONG\r\n");
      assertThat(server.process().isAlive()).isTrue();
      for (RawClient client : clients) {
        assertThat(client.observe(1)).isEqualTo("(nothing more)");
        client.close();
      }
    }
  }

  /** The reply waits in the server: others must not. */
  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void aClientThatDoesNotReadHoldsUpNobody(Target target) throws Exception {
    try (ServerProcess server = target.start();
        RawClient lazy = server.connect();
        RawClient busy = server.connect()) {
      busy.call("SET", "k", "v".repeat(1 << 20));
      lazy.send(Wire.request("GET", "k").repeat(50));

      for (int i = 0; i < 1_000; i++) {
        assertThat(busy.call("PING")).isEqualTo("+PONG\r\n");
      }
      for (int i = 0; i < 50; i++) {
        assertThat(lazy.read()).hasSize((1 << 20) + "$1048576\r\n\r\n".length());
      }
    }
  }

  /** Whoever is silent, subscribed or at work stays; the others are in the way of somebody. */
  @Test
  void whoStopsInTheMiddleIsClosedAtItsDeadline() throws Exception {
    try (ServerProcess server =
            Target.REDISTILL.start("--request-timeout", "1", "--write-timeout", "1");
        RawClient half = server.connect();
        RawClient declared = server.connect();
        RawClient unread = server.connect();
        RawClient idle = server.connect();
        RawClient subscriber = server.connect()) {
      idle.call("SET", "k", "v".repeat(1 << 20));
      subscriber.call("SUBSCRIBE", "c");
      unread.send(Wire.request("GET", "k").repeat(50));
      declared.send("*3\r\n$3\r\nSET\r\n$1\r\na\r\n$536870912\r\n" + "x".repeat(1 << 20));
      half.send("*2\r\n$3\r\nGET\r\n$10\r\na");

      assertThat(half.observeEnd(6_000)).isEqualTo("(closed)");
      assertThat(declared.observeEnd(20_000)).isEqualTo("(closed)");
      assertThat(unread.observeEnd(6_000)).endsWith("(closed)");
      assertThat(idle.call("PUBLISH", "c", "m")).isEqualTo(":1\r\n");
      assertThat(subscriber.read()).endsWith("m\r\n");
      assertThat(server.log()).doesNotContain("ERROR");
    }
  }

  @Test
  void whoNeedsAPasswordAndGivesNoneIsClosed() throws Exception {
    try (ServerProcess server =
            Target.REDISTILL.start("--requirepass", "p", "--authentication-timeout", "1");
        RawClient stranger = server.connect();
        RawClient friend = server.connect()) {
      assertThat(friend.call("AUTH", "p")).isEqualTo("+OK\r\n");
      assertThat(stranger.call("PING")).startsWith("-NOAUTH");
      assertThat(stranger.observeEnd(6_000)).isEqualTo("(closed)");
      assertThat(friend.call("PING")).isEqualTo("+PONG\r\n");
    }
  }

  @Test
  void aTlsHelloIsTurnedAwayWithinASecond() throws Exception {
    try (ServerProcess server = Target.REDISTILL.start();
        RawClient client = server.connect()) {
      client.send("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003");

      assertThat(client.observeEnd(1_000)).isEqualTo("(closed)");
    }
  }
}
