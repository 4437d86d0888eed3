package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ConnectionCommandsTest {

  private static final String WRONG =
      "(error) WRONGPASS invalid username-password pair or user is disabled.";
  private static final String NO_LOGIN = "(error) NOAUTH Authentication required.";

  private final Console console = new Console();

  /** A client that has not logged in to a server with the password {@code secret}. */
  private Console stranger() {
    console.run("CONFIG", "SET", "requirepass", "secret");
    return console.other();
  }

  @Test
  void ping_answersPongOrTheMessage() {
    assertThat(console.run("PING")).isEqualTo("PONG");
    assertThat(console.run("PING", "hi")).isEqualTo("\"hi\"");
    assertThat(console.run("PING", "a", "b"))
        .isEqualTo("(error) ERR wrong number of arguments for 'ping' command");
    assertThat(console.run("ECHO", "hi")).isEqualTo("\"hi\"");
  }

  @Test
  void hello_introducesTheServerInTheProtocolAskedFor() {
    assertThat(console.run("HELLO"))
        .isEqualTo(
            "[\"server\", \"redis\", \"version\", \"7.4.0\", \"proto\", (integer) 2, \"id\","
                + " (integer) 1, \"mode\", \"standalone\", \"role\", \"master\", \"modules\", []]");
    assertThat(console.run("HELLO", "3"))
        .isEqualTo(
            "{\"server\": \"redis\", \"version\": \"7.4.0\", \"proto\": (integer) 3, \"id\":"
                + " (integer) 1, \"mode\": \"standalone\", \"role\": \"master\", \"modules\": []}");
    assertThat(console.raw("CLIENT", "GETNAME")).isEqualTo("_\r\n");
    assertThat(console.run("HELLO", "2")).startsWith("[\"server\"");
    assertThat(console.raw("CLIENT", "GETNAME")).isEqualTo("$-1\r\n");
  }

  @Test
  void hello_refusesWhatItDoesNotUnderstand() {
    assertThat(console.run("HELLO", "4")).isEqualTo("(error) NOPROTO unsupported protocol version");
    assertThat(console.run("HELLO", "x"))
        .isEqualTo("(error) ERR Protocol version is not an integer or out of range");
    for (List<String> options : List.of(List.of("AUTH", "a"), List.of("SETNAME"), List.of("X"))) {
      String[] words = new String[options.size() + 2];
      words[0] = "HELLO";
      words[1] = "3";
      for (int i = 0; i < options.size(); i++) {
        words[i + 2] = options.get(i);
      }
      assertThat(console.run(words))
          .isEqualTo("(error) ERR Syntax error in HELLO option '" + options.get(0) + "'");
    }
    assertThat(console.raw("CLIENT", "GETNAME")).isEqualTo("$-1\r\n");
  }

  @Test
  void hello_logsInAndSetsTheName() {
    Console stranger = stranger();
    assertThat(stranger.run("HELLO", "3"))
        .startsWith("(error) NOAUTH HELLO must be called with the client already authenticated");
    assertThat(stranger.run("HELLO", "3", "AUTH", "default", "wrong")).isEqualTo(WRONG);
    assertThat(stranger.run("HELLO", "3", "AUTH", "default", "secret", "SETNAME", "me"))
        .startsWith("{\"server\"");
    assertThat(stranger.run("CLIENT", "GETNAME")).isEqualTo("\"me\"");
  }

  @Test
  void auth_opensTheServerToThoseWhoKnowThePassword() {
    Console stranger = stranger();
    assertThat(stranger.run("PING")).isEqualTo(NO_LOGIN);
    assertThat(stranger.run("AUTH", "wrong")).isEqualTo(WRONG);
    assertThat(stranger.run("AUTH", "somebody", "secret")).isEqualTo(WRONG);
    assertThat(stranger.run("PING")).isEqualTo(NO_LOGIN);
    assertThat(stranger.run("AUTH", "default", "secret")).isEqualTo("OK");
    assertThat(stranger.run("PING")).isEqualTo("PONG");
    assertThat(stranger.run("AUTH", "a", "b", "c")).isEqualTo("(error) ERR syntax error");
  }

  @Test
  void auth_thatFailsTakesNothingFromWhoIsLoggedIn() {
    stranger();
    assertThat(console.run("AUTH", "wrong")).isEqualTo(WRONG);
    assertThat(console.run("PING")).isEqualTo("PONG");
  }

  @Test
  void auth_withoutAPasswordToMatchSaysSo() {
    assertThat(console.run("AUTH", "secret"))
        .isEqualTo(
            "(error) ERR AUTH <password> called without any password configured for the default"
                + " user. Are you sure your configuration is correct?");
    assertThat(console.run("AUTH", "default", "anything")).isEqualTo("OK");
    assertThat(console.run("AUTH", "somebody", "anything")).isEqualTo(WRONG);
  }

  @Test
  void aStranger_doesNotLearnWhichCommandsThereAre() {
    Console stranger = stranger();
    String refused = "(error) NOAUTH Authentication required.";
    assertThat(stranger.run("NOTHING")).isEqualTo(refused);
    assertThat(stranger.run("GET")).isEqualTo(refused);
    assertThat(stranger.run("CLIENT", "NOTHING")).isEqualTo(refused);
    assertThat(stranger.run("QUIT")).isEqualTo("OK");
  }

  @Test
  void aStranger_isNobodyOnceThePasswordIsTakenAway() {
    Console stranger = stranger();
    console.run("CONFIG", "SET", "requirepass", "");
    assertThat(stranger.run("PING")).isEqualTo("PONG");
  }

  @Test
  void reset_makesAnewConnectionOfIt() {
    stranger();
    console.run("SELECT", "3");
    console.run("CLIENT", "SETNAME", "me");
    console.run("HELLO", "3");
    assertThat(console.run("RESET")).isEqualTo("RESET");
    assertThat(console.run("GET", "a")).isEqualTo(NO_LOGIN);
    console.run("AUTH", "secret");
    assertThat(console.session().databaseIndex()).isZero();
    assertThat(console.raw("CLIENT", "GETNAME")).isEqualTo("$-1\r\n");
  }

  @Test
  void quit_closesAfterItsReply() {
    assertThat(console.run("QUIT", "now")).isEqualTo("OK");
    assertThat(console.session().isClosing()).isTrue();
  }

  @Test
  void select_changesTheDatabase() {
    console.run("SET", "a", "1");
    assertThat(console.run("SELECT", "15")).isEqualTo("OK");
    assertThat(console.run("GET", "a")).isEqualTo("(nil)");
    assertThat(console.run("SELECT", "16")).isEqualTo("(error) ERR DB index is out of range");
    assertThat(console.run("SELECT", "-1")).isEqualTo("(error) ERR DB index is out of range");
    assertThat(console.run("SELECT", "x"))
        .isEqualTo("(error) ERR value is not an integer or out of range");
    assertThat(console.session().databaseIndex()).isEqualTo(15);
  }
}
