package dev.redistill.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.redistill.command.Command;
import dev.redistill.commands.Console;
import dev.redistill.commands.ReplyText;
import dev.redistill.config.Config;
import dev.redistill.config.ConfigLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Fuzz target: a few commands of any kind, whose arguments are words that mean something to one of
 * them, numbers at the edges, or any bytes. Each is answered by well-formed replies, none of which
 * is an internal error.
 */
public final class CommandsFuzz {

  /** Those that wait, that touch files, or that end the server. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "auth",
          "bgsave",
          "save",
          "debug",
          "shutdown",
          "wait",
          "acl|save",
          "acl|load",
          "client|pause",
          "config|set",
          "config|rewrite",
          "client|reply");

  private static final List<String> WORDS =
      List.of(
          "a",
          "b",
          "c",
          "d",
          "f",
          "g",
          "0",
          "1",
          "-1",
          "2",
          "10",
          "100",
          "1.5",
          "-inf",
          "nan",
          "9223372036854775807",
          "-9223372036854775808",
          "18446744073709551616",
          "4294967295",
          "1e308",
          "*",
          "?",
          "[^a]*",
          "\\",
          "",
          "NX",
          "XX",
          "GT",
          "LT",
          "CH",
          "GET",
          "EX",
          "PX",
          "EXAT",
          "PXAT",
          "KEEPTTL",
          "PERSIST",
          "FIELDS",
          "FNX",
          "FXX",
          "COUNT",
          "MATCH",
          "TYPE",
          "NOVALUES",
          "WITHVALUES",
          "LIMIT",
          "REPLACE",
          "DB",
          "ABSTTL",
          "IDLETIME",
          "FREQ",
          "LEN",
          "IDX",
          "MINMATCHLEN",
          "WITHMATCHLEN",
          "AND",
          "OR",
          "XOR",
          "NOT",
          "DIFF",
          "BYTE",
          "BIT",
          "u8",
          "i64",
          "u63",
          "#1",
          "OVERFLOW",
          "SAT",
          "FAIL",
          "WRAP",
          "INCRBY",
          "SET",
          "string",
          "hash",
          "on",
          "off",
          "+@all",
          "-@all",
          "~*",
          "%R~a",
          "&*",
          ">p",
          "(+get ~b)",
          "reset",
          "allkeys",
          "ON",
          "OFF",
          "BCAST",
          "PREFIX",
          "OPTIN",
          "ID",
          "LADDR",
          "NO",
          "YES",
          "u1",
          "a\r\nb",
          "\0",
          "\u00ff\u00fe");

  private static final int MOST_COMMANDS = 24;
  private static final int MOST_WORDS = 9;

  private final Console console = new Console(settings());
  private final List<Command> commands = commands();
  private final FuzzInput input;

  private CommandsFuzz(FuzzInput input) {
    this.input = input;
  }

  /** The entry point that Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    new CommandsFuzz(new FuzzInput(bytes)).run();
  }

  /** Small, so that a server is made quickly. */
  static Config settings() {
    ConfigLoader loader = new ConfigLoader();
    loader.readText("fuzz", "shards 8\ndatabases 3\nproto-max-bulk-len 1mb");
    return loader.config();
  }

  private List<Command> commands() {
    List<Command> all = new ArrayList<>();
    for (Command command : console.services().commands().all()) {
      all.addAll(command.subcommands().isEmpty() ? List.of(command) : command.subcommands());
    }
    all.removeIf(command -> LEFT_OUT.contains(command.name()));
    return all;
  }

  private void run() {
    if (input.below(4) == 0) {
      Console unused = console.resp3();
    }
    for (int i = 0; i < MOST_COMMANDS && !input.isEmpty(); i++) {
      Command command = input.pick(commands);
      for (String reply : ReplyText.all(console.raw(words(command)))) {
        if (reply.startsWith("(error) ERR internal")) {
          throw new AssertionError(command.name() + ": " + reply);
        }
      }
      if (input.below(8) == 0) {
        Console unused = console.advance(input.below(1000));
      }
    }
  }

  private byte[][] words(Command command) {
    List<byte[]> words = new ArrayList<>();
    for (String part : command.name().split("\\|", -1)) {
      words.add(part.getBytes(ISO_8859_1));
    }
    int least = Math.max(0, Math.abs(command.arity()) - words.size());
    int count = least + Math.max(0, input.below(MOST_WORDS) - 2);
    for (int i = 0; i < count; i++) {
      words.add(word());
    }
    return words.toArray(byte[][]::new);
  }

  private byte[] word() {
    int choice = input.below(WORDS.size() + 20);
    if (choice < WORDS.size()) {
      return WORDS.get(choice).getBytes(ISO_8859_1);
    }
    return choice == WORDS.size() ? new byte[input.below(65536)] : input.take(input.below(24));
  }
}
