package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.config.Config;
import dev.redistill.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AclCommandsTest {

  private static final String NO_LOGIN = "(error) NOAUTH Authentication required.";
  private static final String NO_KEY =
      "(error) NOPERM this user has no permissions to access one of the keys used as arguments";
  private static final String NO_CHANNEL =
      "(error) NOPERM this user has no permissions to access one of the channels used as arguments";

  private final Console console = new Console();

  @TempDir private Path directory;

  private static String noCommand(String name) {
    return "(error) NOPERM this user has no permissions to run the '" + name + "' command";
  }

  private String[] words(String line) {
    return line.split(" ", -1);
  }

  private String run(String line) {
    return console.run(words(line));
  }

  /** A client that has logged in as a new user with these rules. */
  private Console client(String name, String rules) {
    assertThat(run("ACL SETUSER " + name + " on >secret " + rules)).isEqualTo("OK");
    Console client = console.other();
    assertThat(client.run("AUTH", name, "secret")).isEqualTo("OK");
    return client;
  }

  @Test
  void aUser_mayDoWhatTheRulesSayAndNothingElse() {
    Console client = client("u", "+get +set ~a* &ch");
    assertThat(client.run("ACL", "WHOAMI")).isEqualTo(noCommand("acl|whoami"));
    assertThat(client.run("SET", "a1", "v")).isEqualTo("OK");
    assertThat(client.run("GET", "a1")).isEqualTo("\"v\"");
    assertThat(client.run("SET", "b", "v")).isEqualTo(NO_KEY);
    assertThat(client.run("DEL", "a1")).isEqualTo(noCommand("del"));
    assertThat(client.run("PING")).isEqualTo(noCommand("ping"));
    assertThat(client.run("QUIT")).isEqualTo("OK");
    assertThat(run("GET b")).isEqualTo("(nil)");
  }

  @Test
  void anUnknownCommandAndWrongArguments_areSaidFirst() {
    Console client = client("u", "");
    assertThat(client.run("NOTHING")).startsWith("(error) ERR unknown command");
    assertThat(client.run("GET")).startsWith("(error) ERR wrong number of arguments");
  }

  @ParameterizedTest
  @CsvSource({
    "%R~k, GET k, true",
    "%R~k, SET k v, false",
    "%W~k, SET k v, true",
    "%W~k, GET k, false",
    "%W~k, SET k v GET, false",
    "%RW~k, SET k v GET, true",
    "%R~k, GETDEL k, false",
    "%W~k, APPEND k v, true",
    "%R~k %W~d, COPY k d, true",
    "%R~d %W~k, COPY k d, false",
    "%W~k, EXISTS k, true",
    "%R~k, EXISTS k, true",
    "%R~k, DEL k, false",
    "%R~k, BITFIELD k GET u8 0, true",
    "%R~k, BITFIELD k SET u8 0 1, false",
    "~k, MSETEX 2 k v x v, false",
    "~k, MSET k v x v, false",
    "~k, RENAME k x, false",
    "~k, OBJECT ENCODING x, false",
  })
  void keys_areAskedForWhatTheCommandDoesWithThem(String keys, String command, boolean allowed) {
    Console client = client("u", "+@all " + keys);
    String answer = client.run(words(command));
    assertThat(answer.equals(NO_KEY)).as(answer).isNotEqualTo(allowed);
    String dry = run("ACL DRYRUN u " + command);
    assertThat(dry.equals("OK")).as(dry).isEqualTo(allowed);
  }

  @Test
  void aSelector_hasToAllowTheCommandAndAllItsKeys() {
    Console client = client("u", "+get ~a (+set ~b) (+@read ~c)");
    run("MSET a 1 b 2 c 3");
    assertThat(client.run("GET", "a")).isEqualTo("\"1\"");
    assertThat(client.run("GET", "b")).isEqualTo(NO_KEY);
    assertThat(client.run("GET", "c")).isEqualTo("\"3\"");
    assertThat(client.run("SET", "a", "x")).isEqualTo(NO_KEY);
    assertThat(client.run("SET", "b", "x")).isEqualTo("OK");
    assertThat(client.run("MGET", "c", "a")).isEqualTo(NO_KEY);
    assertThat(client.run("DEL", "c")).isEqualTo(noCommand("del"));
  }

  @Test
  void aFirstArgument_canBeAllowedAlone() {
    Console client = client("u", "+select|1 +config|get -config|set");
    assertThat(client.run("SELECT", "1")).isEqualTo("OK");
    assertThat(client.run("SELECT", "0")).isEqualTo(noCommand("select"));
    assertThat(client.run("CONFIG", "GET", "port")).startsWith("[");
    assertThat(client.run("CONFIG", "SET", "timeout", "1")).isEqualTo(noCommand("config|set"));
  }

  @Test
  void channels_areMatchedAndPatternsCompared() {
    Console client =
        client("u", "+publish +subscribe +psubscribe +unsubscribe resetchannels &news* &a?");
    assertThat(client.run("PUBLISH", "news1", "m")).isEqualTo("(integer) 0");
    assertThat(client.run("PUBLISH", "other", "m")).isEqualTo(NO_CHANNEL);
    assertThat(client.run("SUBSCRIBE", "news1", "other")).isEqualTo(NO_CHANNEL);
    assertThat(client.run("PSUBSCRIBE", "a?", "news?")).isEqualTo(NO_CHANNEL);
    assertThat(client.run("PSUBSCRIBE", "a?")).doesNotContain("NOPERM");
    assertThat(run("INFO stats")).contains("acl_access_denied_channel:3\\r\\n");
  }

  @Test
  void aChangeOfRules_countsFromTheNextCommandOn() {
    Console client = client("u", "+@all ~*");
    assertThat(client.run("SET", "k", "v")).isEqualTo("OK");
    run("ACL SETUSER u -set");
    assertThat(client.run("SET", "k", "w")).isEqualTo(noCommand("set"));
    run("ACL SETUSER u +set resetkeys");
    assertThat(client.run("SET", "k", "w")).isEqualTo(NO_KEY);
    run("ACL SETUSER u +@all allkeys allchannels");
    assertThat(client.run("SET", "k", "w")).isEqualTo("OK");
  }

  @Test
  void theDefaultUser_canBeRestrictedTooAndGivenBack() {
    Console other = console.other();
    run("ACL SETUSER default -get");
    assertThat(other.run("GET", "k")).isEqualTo(noCommand("get"));
    assertThat(console.other().run("GET", "k")).isEqualTo(noCommand("get"));
    run("ACL SETUSER default +@all");
    assertThat(other.run("GET", "k")).isEqualTo("(nil)");
  }

  @Test
  void aTransaction_isCheckedWhenItsCommandsAreQueuedAndWhenTheyRun() {
    Console client = client("u", "+@all ~a");
    client.run("MULTI");
    assertThat(client.run("SET", "b", "1")).isEqualTo(NO_KEY);
    assertThat(client.run("EXEC")).startsWith("(error) EXECABORT");
    client.run("MULTI");
    assertThat(client.run("SET", "a", "1")).isEqualTo("QUEUED");
    assertThat(client.run("GET", "a")).isEqualTo("QUEUED");
    run("ACL SETUSER u -set");
    assertThat(client.run("EXEC"))
        .isEqualTo(
            "[(error) NOPERM ACLs rules changed between the moment the transaction was accumulated"
                + " and the EXEC call. This command is no longer allowed for the following reason:"
                + " no permission to execute the command or subcommand, (nil)]");
    client.run("MULTI");
    client.run("GET", "a");
    run("ACL SETUSER u -exec");
    assertThat(client.run("EXEC"))
        .isEqualTo(
            "(error) EXECABORT Transaction discarded because of: NOPERM this user has no"
                + " permissions to run the 'exec' command");
    assertThat(run("ACL LOG 1")).contains("\"context\", \"multi\", \"object\", \"exec\"");
  }

  @Test
  void aTransaction_mayTakeThePermissionsFromItself() {
    Console client = client("u", "+@all ~*");
    client.run("MULTI");
    client.run("ACL", "SETUSER", "u", "-set");
    client.run("SET", "a", "1");
    assertThat(client.run("EXEC")).startsWith("[OK, (error) NOPERM ACLs rules changed");
    assertThat(run("EXISTS a")).isEqualTo("(integer) 0");
  }

  @Test
  void aUserThatIsDeleted_losesItsConnections() {
    Console client = client("u", "+@all ~*");
    assertThat(run("ACL DELUSER u nobody")).isEqualTo("(integer) 1");
    assertThat(client.isClosed()).isTrue();
    assertThat(client.run("GET", "k")).isEqualTo(NO_LOGIN);
    run("ACL SETUSER u on nopass +@all ~*");
    assertThat(client.run("GET", "k")).isEqualTo(NO_LOGIN);
    assertThat(client.session().isClosing()).isTrue();
    assertThat(run("ACL DELUSER default"))
        .isEqualTo("(error) ERR The 'default' user cannot be removed");
  }

  @Test
  void clientKill_endsTheConnectionsOfAUser() {
    Console client = client("u", "+@all");
    assertThat(run("CLIENT LIST")).contains(" user=u ").contains(" user=default ");
    assertThat(run("CLIENT KILL USER nobody")).isEqualTo("(error) ERR No such user 'nobody'");
    assertThat(run("CLIENT KILL USER u")).isEqualTo("(integer) 1");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void reset_makesTheClientTheDefaultUserAgain() {
    Console client = client("u", "+ping");
    assertThat(client.run("RESET")).isEqualTo("RESET");
    assertThat(client.run("ACL", "WHOAMI")).isEqualTo("\"default\"");
    run("ACL SETUSER default >x");
    assertThat(client.run("RESET")).isEqualTo("RESET");
    assertThat(client.run("PING")).isEqualTo(NO_LOGIN);
  }

  @Test
  void requirepass_isThePasswordOfTheDefaultUser() {
    run("CONFIG SET requirepass one");
    assertThat(run("ACL LIST"))
        .contains("user default on #7692c3ad3540bb80")
        .contains(" ~* &* +@all");
    assertThat(console.other().run("GET", "k")).isEqualTo(NO_LOGIN);
    run("ACL SETUSER default >two");
    assertThat(console.other().run("AUTH", "two")).isEqualTo("OK");
    run("CONFIG SET requirepass three");
    assertThat(console.other().run("AUTH", "two")).startsWith("(error) WRONGPASS");
    run("CONFIG SET requirepass \"\"".replace("\"\"", ""));
    assertThat(console.other().run("GET", "k")).isEqualTo("(nil)");
  }

  @Test
  void theDefaultUserSwitchedOff_meansThatEverybodyHasToLogIn() {
    run("ACL SETUSER u on nopass +@all ~*");
    run("ACL SETUSER default off");
    Console other = console.other();
    assertThat(other.run("GET", "k")).isEqualTo(NO_LOGIN);
    assertThat(other.run("HELLO", "3", "AUTH", "u", "x")).startsWith("{\"server\"");
    assertThat(other.run("GET", "k")).isEqualTo("(nil)");
    assertThat(run("GET k")).isEqualTo("(nil)");
  }

  @Test
  void fiveWrongPasswords_endTheConnection() {
    run("ACL SETUSER u on >right +@all");
    for (int i = 0; i < 5; i++) {
      assertThat(console.session().isClosing()).isFalse();
      assertThat(run("AUTH u wrong")).startsWith("(error) WRONGPASS");
    }
    assertThat(console.session().isClosing()).isTrue();
  }

  @Test
  void insideATransaction_nobodyWaitsForALogin() {
    run("ACL SETUSER u on >right +@all");
    for (int i = 0; i < 5; i++) {
      console.other().run("AUTH", "u", "wrong");
    }
    Console client = console.other();
    client.run("MULTI");
    client.run("AUTH", "u", "right");
    assertThat(client.run("EXEC")).startsWith("[(error) WRONGPASS");
    assertThat(client.session().isClosing()).isTrue();
  }

  @Test
  void log_tellsWhatWasRefusedAndCounts() {
    Console client = client("u", "+get +auth ~a");
    client.run("SET", "a", "1");
    client.run("SET", "a", "1");
    client.run("GET", "b");
    client.run("AUTH", "somebody", "secret");
    assertThat(run("ACL LOG"))
        .startsWith(
            "[[\"count\", (integer) 1, \"reason\", \"auth\", \"context\", \"toplevel\","
                + " \"object\", \"AUTH\", \"username\", \"somebody\", \"age-seconds\", \"0\","
                + " \"client-info\", \"id=2 addr=127.0.0.1:50000 ")
        .contains("\"reason\", \"key\", \"context\", \"toplevel\", \"object\", \"b\"")
        .contains("[\"count\", (integer) 2, \"reason\", \"command\"")
        .doesNotContain("secret");
    assertThat(run("INFO stats"))
        .contains(
            "acl_access_denied_auth:1\\r\\nacl_access_denied_cmd:2\\r\\nacl_access_denied_key:1\\r\\n");
    assertThat(run("ACL LOG RESET")).isEqualTo("OK");
    assertThat(run("ACL LOG")).isEqualTo("[]");
    run("CONFIG SET acllog-max-len 1");
    client.run("GET", "x");
    client.run("GET", "y");
    assertThat(run("ACL LOG")).contains("\"object\", \"y\"").doesNotContain("\"x\"");
  }

  @Test
  void getuser_tellsTheRulesByTheirKinds() {
    run("ACL SETUSER u on sanitize-payload ~a %R~b &c +get (+set ~y)");
    assertThat(console.resp3().run("ACL", "GETUSER", "u"))
        .isEqualTo(
            "{\"flags\": ~[\"on\", \"sanitize-payload\"], \"passwords\": [], \"commands\": \"-@all"
                + " +get\", \"keys\": \"~a %R~b\", \"channels\": \"&c\", \"selectors\":"
                + " [{\"commands\": \"-@all +set\", \"keys\": \"~y\", \"channels\": \"\"}]}");
    assertThat(run("ACL GETUSER nobody")).isEqualTo("(nil)");
  }

  @Test
  void genpass_makesAsManyDigitsAsTheBitsNeed() {
    assertThat(run("ACL GENPASS")).hasSize(66).isNotEqualTo(run("ACL GENPASS"));
    assertThat(run("ACL GENPASS 5")).hasSize(4);
    assertThat(run("ACL GENPASS 4096")).hasSize(1026);
    for (String wrong : List.of("0", "-1", "4097")) {
      assertThat(run("ACL GENPASS " + wrong))
          .startsWith("(error) ERR ACL GENPASS argument must be");
    }
  }

  @Test
  void cat_listsCategoriesAndTheirCommands() {
    assertThat(run("ACL CAT")).startsWith("[\"keyspace\", \"read\", \"write\"");
    assertThat(run("ACL CAT transaction"))
        .isEqualTo("[\"discard\", \"exec\", \"multi\", \"unwatch\", \"watch\"]");
    assertThat(run("ACL CAT x")).isEqualTo("(error) ERR Unknown category 'x'");
  }

  @Test
  void aNewUser_mayUseTheChannelsThatTheSettingsSay() {
    run("CONFIG SET acl-pubsub-default allchannels");
    run("ACL SETUSER u");
    assertThat(run("ACL LIST")).contains("user u off &* -@all");
  }

  @Test
  void saveAndLoad_needAFile() {
    for (String command : List.of("SAVE", "LOAD")) {
      assertThat(run("ACL " + command))
          .startsWith("(error) ERR This Redis instance is not configured to use an ACL file.");
    }
  }

  @Test
  void theFile_isReadAtTheStartSavedAndLoaded() throws IOException {
    Path file = directory.resolve("users.acl");
    Files.writeString(file, "user u on nopass +@all ~*\n");
    ConfigLoader loader = new ConfigLoader();
    loader.readText("test", "aclfile " + file + "\nrequirepass secret\nprotected-mode no\nbind *");
    assertThat(loader.check()).as(loader.problems()).isTrue();
    Console own = new Console(loader.config());
    assertThat(own.run("GET", "k")).isEqualTo(NO_LOGIN);
    assertThat(own.run("AUTH", "u", "")).isEqualTo("OK");
    assertThat(own.run("ACL", "SETUSER", "v", "+get")).isEqualTo("OK");
    assertThat(own.run("ACL", "SAVE")).isEqualTo("OK");
    assertThat(Files.readString(file))
        .contains("user default on #2bb80d537b1da3e3")
        .contains("user u on nopass ~* resetchannels +@all\nuser v off resetchannels -@all +get\n");
    Console other = own.other();
    other.run("AUTH", "u", "");
    Files.writeString(file, "user u on nopass ~* resetchannels +@all\n");
    assertThat(other.run("ACL", "LOAD")).isEqualTo("OK");
    assertThat(other.run("ACL", "USERS")).isEqualTo("[\"default\", \"u\"]");
    Files.writeString(file, "user w on +nothing\n");
    assertThat(other.run("ACL", "LOAD")).contains("Error in applying operation '+nothing'");
    Files.writeString(file, "user u on nopass ~a resetchannels +@all\n");
    assertThat(other.run("ACL", "LOAD")).isEqualTo("OK");
    assertThat(other.isClosed()).isTrue();
    assertThat(other.run("GET", "a")).isEqualTo(NO_LOGIN);
  }

  @Test
  void slowlog_showsNoPasswords() {
    run("CONFIG SET slowlog-log-slower-than 0");
    run("ACL SETUSER u on >secret");
    run("ACL DRYRUN u AUTH secret");
    run("AUTH u secret");
    run("HELLO 2 AUTH u secret");
    assertThat(console.other().run("SLOWLOG", "GET"))
        .doesNotContain("secret")
        .contains("(redacted)");
  }

  @Test
  void userLines_areUsers() throws IOException {
    ConfigLoader loader = new ConfigLoader();
    loader.readText(
        "test", "requirepass x\nuser u on nopass +@all ~k (+get ~y)\nuser default on nopass +ping");
    assertThat(loader.check()).isTrue();
    Config config = loader.config();
    Console own = new Console(config);
    assertThat(own.run("PING")).isEqualTo("PONG");
    assertThat(own.run("GET", "k")).isEqualTo(noCommand("get"));
    assertThat(own.run("AUTH", "u", "any")).isEqualTo("OK");
    assertThat(own.run("ACL", "LIST"))
        .contains("user default on nopass sanitize-payload resetchannels -@all +ping")
        .contains("user u on nopass ~k resetchannels +@all (~y resetchannels -@all +get)");
  }
}
