package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.command.Command;
import dev.redistill.command.Flag;
import dev.redistill.command.KeySpec;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command of the table as users send it who may not: without the command, without one of its
 * keys, without its channel, and before the login. It is refused, and nothing has happened.
 */
final class AuthorizationTest {

  private static final String NO_KEY =
      "(error) NOPERM this user has no permissions to access one of the keys used as arguments";

  private static final int KEYS = 3;

  /** What stands behind the keys where a command wants more than numbers. */
  private static final Map<String, List<String>> TAILS =
      Map.of("bitfield", List.of("SET", "u8", "0", "1"));

  private static final Set<String> CHANNEL_COMMANDS =
      Set.of("publish", "spublish", "subscribe", "ssubscribe", "psubscribe");

  private final Console admin = new Console();

  static Stream<Command> commands() {
    return CommandCommandsTest.commands().filter(command -> command.subcommands().isEmpty());
  }

  static Stream<Command> commandsToAllow() {
    return commands().filter(command -> !command.is(Flag.NO_AUTH));
  }

  static Stream<Command> commandsWithKeys() {
    return commands().filter(KeyPlaces::hasKeys);
  }

  static Stream<Command> commandsWithChannels() {
    return commands().filter(command -> CHANNEL_COMMANDS.contains(command.name()));
  }

  private Console client(String rules) {
    List<String> words = new ArrayList<>(List.of("ACL", "SETUSER", "u", "on", "nopass"));
    words.addAll(List.of(rules.split(" ", -1)));
    assertThat(admin.run(words.toArray(String[]::new))).isEqualTo("OK");
    Console client = admin.other();
    assertThat(client.run("AUTH", "u", "any")).isEqualTo("OK");
    return client;
  }

  /** A request of the right length: its keys are allowed ones but for one, if that is asked for. */
  private static String[] request(Command command, int forbidden) {
    List<String> words =
        new ArrayList<>(List.of(command.name().toUpperCase(Locale.ROOT).split("\\|", -1)));
    KeySpec keys = command.keys();
    int least = Math.abs(command.arity());
    if (keys.counter() > 0) {
      while (words.size() < keys.counter()) {
        words.add("0");
      }
      words.add(String.valueOf(KEYS));
    }
    int last = lastKey(command);
    for (int key = 0; keys.first() > 0 && words.size() <= last; ) {
      boolean isKey =
          words.size() >= keys.first() && (words.size() - keys.first()) % keys.step() == 0;
      words.add(isKey ? (key == forbidden ? "forbidden" : "allowed" + key) : "0");
      key += isKey ? 1 : 0;
    }
    for (int i = 1; keys.last() < 0 && i < keys.step(); i++) {
      words.add("0");
    }
    words.addAll(TAILS.getOrDefault(command.name(), List.of()));
    while (words.size() < least) {
      words.add("1");
    }
    return words.toArray(String[]::new);
  }

  /** The place of the last key in the request. */
  private static int lastKey(Command command) {
    KeySpec keys = command.keys();
    boolean open = keys.counter() > 0 || keys.last() < 0;
    return open ? keys.first() + (KEYS - 1) * keys.step() : keys.last();
  }

  private static int keyCount(Command command) {
    KeySpec keys = command.keys();
    return (lastKey(command) - keys.first()) / keys.step() + 1;
  }

  /** All that could have changed: keys, settings, users, connections. */
  private String state(Console client) {
    return String.join(
            "\n",
            admin.run("KEYS", "*"),
            admin.run("MGET", "forbidden", "allowed0", "allowed1", "allowed2"),
            admin.run("CONFIG", "GET", "*"),
            admin.run("ACL", "LIST"),
            admin.run("DBSIZE"),
            admin.run("SLOWLOG", "LEN"))
        + client.session().databaseIndex()
        + client.session().isClosing()
        + client.session().messaging().isSubscriber()
        + client.session().name()
        + admin.isClosed()
        + admin.isShutDown();
  }

  private void refuses(Console client, String[] request, String reason) {
    admin.run("MSET", "forbidden", "1", "allowed0", "2", "allowed1", "3");
    String before = state(client);
    String abort = request[0].equals("EXEC") ? "EXECABORT Transaction discarded because of: " : "";
    assertThat(client.run(request))
        .as(String.join(" ", request))
        .isEqualTo(reason.replace("(error) ", "(error) " + abort));
    assertThat(state(client)).as(String.join(" ", request)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("commandsToAllow")
  void withoutTheCommand(Command command) {
    String reason =
        "(error) NOPERM this user has no permissions to run the '" + command.name() + "' command";
    refuses(client("+@all allkeys allchannels -" + command.name()), request(command, -1), reason);
    refuses(client("-@all allkeys allchannels"), request(command, -1), reason);
    for (String category : categories(command)) {
      refuses(client("+@all -@" + category), request(command, -1), reason);
    }
    assertThat(dryRun(command)).contains("no permissions to run the '" + command.name() + "'");
  }

  private static List<String> categories(Command command) {
    return Categories.of(command).stream().map(category -> category.text()).toList();
  }

  private String dryRun(Command command) {
    List<String> words = new ArrayList<>(List.of("ACL", "DRYRUN", "u"));
    words.addAll(List.of(request(command, -1)));
    return admin.run(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("commandsWithKeys")
  void withoutOneOfTheKeys(Command command) {
    Console client = client("+@all allchannels resetkeys ~allowed*");
    for (int key = 0; key < keyCount(command); key++) {
      refuses(client, request(command, key), NO_KEY);
    }
    assertThat(dryRun(command)).isEqualTo("OK");
  }

  @ParameterizedTest
  @MethodSource("commandsWithKeys")
  void withTheKeysOnlyToReadOrOnlyToWrite(Command command) {
    List<KeyPlaces.KeyUse> uses =
        KeyPlaces.find(command, Request.of(bytes(request(command, -1))), 0);
    assertThat(uses).hasSize(keyCount(command));
    if (uses.stream().anyMatch(KeyPlaces.KeyUse::writes)) {
      refuses(client("+@all resetkeys %R~*"), request(command, -1), NO_KEY);
    }
    if (uses.stream().anyMatch(KeyPlaces.KeyUse::reads)) {
      refuses(client("+@all resetkeys %W~*"), request(command, -1), NO_KEY);
    }
    assertThat(uses.stream().anyMatch(KeyPlaces.KeyUse::writes)).isEqualTo(command.is(Flag.WRITE));
  }

  private static byte[][] bytes(String[] words) {
    return Stream.of(words).map(Ascii::bytes).toArray(byte[][]::new);
  }

  @ParameterizedTest
  @MethodSource("commandsWithChannels")
  void withoutTheChannel(Command command) {
    refuses(
        client("+@all allkeys resetchannels &allowed"),
        request(command, -1),
        "(error) NOPERM this user has no permissions to access one of the channels used as"
            + " arguments");
  }

  @ParameterizedTest
  @MethodSource("commandsToAllow")
  void beforeTheLogin(Command command) {
    admin.run("ACL", "SETUSER", "default", "resetpass", ">secret");
    Console stranger = admin.other();
    refuses(stranger, request(command, -1), "(error) NOAUTH Authentication required.");
  }
}
