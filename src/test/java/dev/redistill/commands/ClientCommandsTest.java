package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ClientCommandsTest {

  private static final String SYNTAX = "(error) ERR syntax error";
  private static final String BAD_NAME =
      "(error) ERR Client names cannot contain spaces, newlines or special characters.";

  private final Console console = new Console();

  @Test
  void setName_namesTheConnectionUntilTheNameIsTakenAway() {
    assertThat(console.run("CLIENT", "GETNAME")).isEqualTo("(nil)");
    assertThat(console.run("CLIENT", "SETNAME", "a~!")).isEqualTo("OK");
    assertThat(console.run("CLIENT", "GETNAME")).isEqualTo("\"a~!\"");
    assertThat(console.run("CLIENT", "SETNAME", "a b")).isEqualTo(BAD_NAME);
    assertThat(console.run("CLIENT", "SETNAME", "a\u007f")).isEqualTo(BAD_NAME);
    assertThat(console.run("CLIENT", "GETNAME")).isEqualTo("\"a~!\"");
    assertThat(console.run("CLIENT", "SETNAME", "")).isEqualTo("OK");
    assertThat(console.run("CLIENT", "GETNAME")).isEqualTo("(nil)");
  }

  @Test
  void setInfo_showsInTheListOfClients() {
    assertThat(console.run("CLIENT", "SETINFO", "LIB-NAME", "jedis")).isEqualTo("OK");
    assertThat(console.run("CLIENT", "SETINFO", "lib-ver", "8.0")).isEqualTo("OK");
    assertThat(console.run("CLIENT", "SETINFO", "lib-ver", "8 0"))
        .isEqualTo("(error) ERR lib-ver cannot contain spaces, newlines or special characters.");
    assertThat(console.run("CLIENT", "SETINFO", "lib-x", "y"))
        .isEqualTo("(error) ERR Unrecognized option 'lib-x'");
    assertThat(console.run("CLIENT", "INFO")).contains("lib-name=jedis lib-ver=8.0\\n");
  }

  @Test
  void unknownSubcommands_areAnsweredAsInRedis() {
    assertThat(console.run("CLIENT", "MAINT_NOTIFICATIONS", "ON"))
        .isEqualTo("(error) ERR unknown subcommand 'MAINT_NOTIFICATIONS'. Try CLIENT HELP.");
    assertThat(console.run("CLIENT", "ID", "x"))
        .isEqualTo("(error) ERR wrong number of arguments for 'client|id' command");
  }

  @Test
  void info_hasTheFieldsOfRedisInTheirOrder() {
    console.run("SELECT", "2");
    console.run("CLIENT", "SETNAME", "me");
    console.advance(5_500);
    String line = console.run("CLIENT", "INFO");
    assertThat(line.replaceAll("=\\S*", "").replace("\\n", ""))
        .isEqualTo(
            "\"id addr laddr fd name age idle flags db sub psub ssub multi qbuf qbuf-free argv-mem"
                + " multi-mem rbs rbp obl oll omem tot-mem events cmd user redir resp lib-name"
                + " lib-ver");
    assertThat(line)
        .startsWith("\"id=1 addr=127.0.0.1:50000 laddr=127.0.0.1:6379 fd=8 name=me age=5 idle=0 ")
        .contains(" flags=N db=2 ")
        .contains(" multi=-1 ")
        .contains(" argv-mem=10 ")
        .contains(" cmd=client|info user=default redir=-1 resp=2 ");
  }

  @Test
  void list_showsAllClientsOrTheOnesAskedFor() {
    Console other = console.other();
    other.run("MULTI");
    other.run("GET", "a");
    String all = console.run("CLIENT", "LIST");
    assertThat(all).contains("id=1 ").contains("\\nid=2 ");
    assertThat(all).contains(" flags=x ").contains(" multi=1 ").contains(" cmd=get ");
    assertThat(console.run("CLIENT", "LIST", "TYPE", "normal"))
        .isEqualTo(all.replace("argv-mem=10", "argv-mem=20"));
    assertThat(console.run("CLIENT", "LIST", "TYPE", "replica")).isEqualTo("\"\"");
    assertThat(console.run("CLIENT", "LIST", "TYPE", "x"))
        .isEqualTo("(error) ERR Unknown client type 'x'");
    assertThat(console.run("CLIENT", "LIST", "ID", "2", "7")).startsWith("\"id=2 ");
    assertThat(console.run("CLIENT", "LIST", "ID", "x")).isEqualTo("(error) ERR Invalid client ID");
    assertThat(console.run("CLIENT", "LIST", "ID")).isEqualTo(SYNTAX);
    assertThat(console.run("CLIENT", "LIST", "TYPE", "normal", "x")).isEqualTo(SYNTAX);
    assertThat(console.resp3().run("CLIENT", "LIST")).startsWith("(txt) \"id=1 ");
  }

  @Test
  void kill_endsOthersAtOnceAndOneselfAfterTheReply() {
    Console other = console.other();
    assertThat(console.run("CLIENT", "KILL", "ID", "2")).isEqualTo("(integer) 1");
    assertThat(other.isClosed()).isTrue();
    assertThat(console.isClosed()).isFalse();
    assertThat(console.run("CLIENT", "KILL", "ID", "1")).isEqualTo("(integer) 0");
    assertThat(console.session().isClosing()).isFalse();
    assertThat(console.run("CLIENT", "KILL", "ID", "1", "SKIPME", "no")).isEqualTo("(integer) 1");
    assertThat(console.session().isClosing()).isTrue();
    assertThat(console.isClosed()).isFalse();
  }

  @Test
  void kill_byAddressInTheOldForm() {
    assertThat(console.run("CLIENT", "KILL", "1.1.1.1:1")).isEqualTo("(error) ERR No such client");
    assertThat(console.run("CLIENT", "KILL", "127.0.0.1:50000")).isEqualTo("OK");
    assertThat(console.session().isClosing()).isTrue();
  }

  @Test
  void kill_endsWhoMeetsEveryCondition() {
    console.advance(10_000);
    Console late = console.other();
    console.advance(3_000);
    assertThat(late.run("CLIENT", "KILL", "MAXAGE", "14")).isEqualTo("(integer) 0");
    assertThat(late.run("CLIENT", "KILL", "LADDR", "127.0.0.1:1")).isEqualTo("(integer) 0");
    assertThat(late.run("CLIENT", "KILL", "TYPE", "pubsub")).isEqualTo("(integer) 0");
    assertThat(
            late.run(
                "CLIENT",
                "KILL",
                "MAXAGE",
                "13",
                "USER",
                "default",
                "TYPE",
                "normal",
                "ADDR",
                "127.0.0.1:50000",
                "LADDR",
                "127.0.0.1:6379",
                "SKIPME",
                "no"))
        .isEqualTo("(integer) 1");
    assertThat(console.isClosed()).isTrue();
    assertThat(late.session().isClosing()).isFalse();
  }

  @Test
  void kill_refusesConditionsThatCannotBe() {
    assertThat(console.run("CLIENT", "KILL", "ID", "0"))
        .isEqualTo("(error) ERR client-id should be greater than 0");
    assertThat(console.run("CLIENT", "KILL", "USER", "x"))
        .isEqualTo("(error) ERR No such user 'x'");
    assertThat(console.run("CLIENT", "KILL", "MAXAGE", "0"))
        .isEqualTo("(error) ERR maxage should be greater than 0");
    assertThat(console.run("CLIENT", "KILL", "SKIPME", "x")).isEqualTo(SYNTAX);
    assertThat(console.run("CLIENT", "KILL", "ID", "1", "ID")).isEqualTo(SYNTAX);
    assertThat(console.run("CLIENT", "KILL", "X", "1")).isEqualTo(SYNTAX);
  }

  @Test
  void reply_leavesOutWhatIsNotWanted() {
    assertThat(console.run("CLIENT", "REPLY", "SKIP")).isEmpty();
    assertThat(console.run("PING")).isEmpty();
    assertThat(console.run("PING")).isEqualTo("PONG");
    assertThat(console.run("CLIENT", "REPLY", "OFF")).isEmpty();
    assertThat(console.run("NOTHING")).isEmpty();
    assertThat(console.run("CLIENT", "REPLY", "SKIP")).isEmpty();
    assertThat(console.run("PING")).isEmpty();
    assertThat(console.run("PING")).isEmpty();
    assertThat(console.run("CLIENT", "REPLY", "ON")).isEqualTo("OK");
    assertThat(console.run("CLIENT", "REPLY", "x")).isEqualTo(SYNTAX);
  }

  @Test
  void noEvictAndNoTouch_showInTheFlags() {
    assertThat(console.run("CLIENT", "NO-EVICT", "on")).isEqualTo("OK");
    assertThat(console.run("CLIENT", "NO-TOUCH", "ON")).isEqualTo("OK");
    assertThat(console.run("CLIENT", "INFO")).contains(" flags=eT ");
    assertThat(console.run("CLIENT", "NO-EVICT", "off")).isEqualTo("OK");
    assertThat(console.run("CLIENT", "NO-TOUCH", "x")).isEqualTo(SYNTAX);
    assertThat(console.run("CLIENT", "INFO")).contains(" flags=T ");
  }

  @Test
  void pause_wantsATimeAndAKnownMode() {
    assertThat(console.run("CLIENT", "PAUSE", "x"))
        .isEqualTo("(error) ERR timeout is not an integer or out of range");
    assertThat(console.run("CLIENT", "PAUSE", "-1")).isEqualTo("(error) ERR timeout is negative");
    assertThat(console.run("CLIENT", "PAUSE", "x", "MODE"))
        .isEqualTo("(error) ERR CLIENT PAUSE mode must be WRITE or ALL");
    assertThat(console.run("CLIENT", "PAUSE", "1", "ALL", "x"))
        .isEqualTo(
            "(error) ERR unknown subcommand or wrong number of arguments for 'PAUSE'. Try CLIENT"
                + " HELP.");
    assertThat(console.run("CLIENT", "PAUSE", "0")).isEqualTo("OK");
    assertThat(console.run("PING")).isEqualTo("PONG");
  }

  @Test
  void pause_ofWritesLetsReadersGoOn() {
    assertThat(console.run("CLIENT", "PAUSE", Long.toString(Long.MAX_VALUE), "WRITE"))
        .isEqualTo("OK");
    assertThat(console.run("GET", "a")).isEqualTo("(nil)");
    assertThat(console.run("CLIENT", "UNPAUSE")).isEqualTo("OK");
    assertThat(console.run("SET", "a", "1")).isEqualTo("OK");
  }

  @Test
  void help_listsTheSubcommandsThatThereAre() {
    assertThat(console.run("CLIENT", "HELP"))
        .startsWith(
            "[CLIENT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:, CACHING (YES|NO), ")
        .contains(", NO-TOUCH (ON|OFF),     ")
        .contains(", PAUSE <timeout> [(WRITE|ALL)],     ");
  }
}
