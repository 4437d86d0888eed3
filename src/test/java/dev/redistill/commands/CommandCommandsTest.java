package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redistill.command.Command;
import dev.redistill.command.Flag;
import dev.redistill.command.KeySpec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CommandCommandsTest {

  private final Console console = new Console();

  static Stream<Command> commands() {
    return CommandGroups.all().stream()
        .flatMap(List::stream)
        .flatMap(command -> Stream.concat(Stream.of(command), command.subcommands().stream()));
  }

  @Test
  void theDocumentation_isOfTheCommandsThatThereAre() {
    Set<String> documented = new TreeSet<>();
    Documentation.all().fieldNames().forEachRemaining(documented::add);
    assertThat(documented).containsExactlyElementsOf(new TreeSet<>(names()));
  }

  private static List<String> names() {
    return commands().map(Command::name).toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theDocumentation_saysWhatEachCommandIsFor(Command command) {
    JsonNode documentation = Documentation.of(command);
    for (String field : List.of("summary", "since", "group")) {
      assertThat(documentation.path(field).asText()).as(field).isNotEmpty();
    }
    assertThat(Categories.of(command)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theKeySpecifications_nameTheKeysOfTheTable(Command command) {
    KeySpec keys = command.keys();
    JsonNode specs = Documentation.of(command).path("key_specs");
    assertThat(specs.isEmpty()).isEqualTo(keys.first() == 0);
    if (specs.isEmpty()) {
      return;
    }
    JsonNode first = specs.path(0);
    JsonNode find = specs.path(specs.size() - 1).path("find");
    int begin = first.path("begin").path(1).asInt();
    if (keys.counter() > 0) {
      assertThat(find.path(0).asText()).isEqualTo("keynum");
      assertThat(begin + find.path(1).asInt()).isEqualTo(keys.counter());
      assertThat(begin + find.path(2).asInt()).isEqualTo(keys.first());
      assertThat(find.path(3).asInt()).isEqualTo(keys.step());
      return;
    }
    int lastBegin = specs.path(specs.size() - 1).path("begin").path(1).asInt();
    int last = find.path(1).asInt();
    assertThat(begin).isEqualTo(keys.first());
    assertThat(last < 0 ? last : lastBegin + last).isEqualTo(keys.last());
    assertThat(find.path(2).asInt()).isEqualTo(keys.step());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theKeySpecifications_writeOnlyWhatTheTableWrites(Command command) {
    boolean writes = false;
    for (JsonNode spec : Documentation.of(command).path("key_specs")) {
      writes |= !List.of("RO", "not_key").contains(spec.path("flags").path(0).asText());
    }
    boolean hasKeys = command.keys().first() > 0;
    assertThat(writes).isEqualTo(hasKeys && command.is(Flag.WRITE));
  }

  @Test
  void count_countsCommandsWithoutTheirSubcommands() {
    long count = CommandGroups.all().stream().mapToLong(List::size).sum();
    assertThat(console.run("COMMAND", "COUNT")).isEqualTo("(integer) " + count);
    assertThat(console.raw("COMMAND")).startsWith("*" + count + "\r\n");
    assertThat(console.raw("COMMAND", "INFO")).startsWith("*" + count + "\r\n");
    assertThat(console.raw("COMMAND", "DOCS")).startsWith("*" + 2 * count + "\r\n");
    assertThat(console.raw("COMMAND", "LIST")).startsWith("*" + count + "\r\n");
  }

  @Test
  void info_isWhatRedisSays() {
    assertThat(console.resp3().run("COMMAND", "INFO", "GET", "nothing"))
        .isEqualTo(
            "[[\"get\", (integer) 2, ~[readonly, fast], (integer) 1, (integer) 1, (integer) 1,"
                + " ~[@read, @string, @fast], ~[], ~[{\"flags\": ~[RO, access], \"begin_search\":"
                + " {\"type\": \"index\", \"spec\": {\"index\": (integer) 1}}, \"find_keys\":"
                + " {\"type\": \"range\", \"spec\": {\"lastkey\": (integer) 0, \"keystep\":"
                + " (integer) 1, \"limit\": (integer) 0}}}], ~[]], (nil)]");
    assertThat(console.run("COMMAND", "INFO", "client|kill"))
        .isEqualTo(
            "[[\"client|kill\", (integer) -3, ~[admin, noscript, loading, stale], (integer) 0,"
                + " (integer) 0, (integer) 0, ~[@admin, @slow, @dangerous, @connection], ~[], ~[],"
                + " ~[]]]");
    assertThat(console.run("COMMAND", "INFO", "client")).contains("[\"client|kill\", ");
  }

  @Test
  void docs_tellWhatRedisCliNeedsForItsHints() {
    assertThat(console.resp3().run("COMMAND", "DOCS", "echo", "nothing"))
        .isEqualTo(
            "{\"echo\": {\"summary\": \"Returns the given string.\", \"since\": \"1.0.0\","
                + " \"group\": \"connection\", \"complexity\": \"O(1)\", \"arguments\": [{\"name\":"
                + " \"message\", \"type\": \"string\", \"display_text\": \"message\"}]}}");
    assertThat(console.run("COMMAND", "DOCS", "substr"))
        .contains("\"doc_flags\": ~[deprecated], \"deprecated_since\": \"2.0.0\", \"replaced_by\"");
    assertThat(console.run("COMMAND", "DOCS", "client"))
        .contains("\"subcommands\": {\"client|caching\": {\"summary\": ");
    assertThat(console.run("COMMAND", "DOCS", "nothing")).isEqualTo("{}");
  }

  @Test
  void list_filtersByPatternAndCategory() {
    assertThat(console.run("COMMAND", "LIST", "FILTERBY", "PATTERN", "CLIENT|K*"))
        .isEqualTo("[\"client|kill\"]");
    assertThat(console.run("COMMAND", "LIST", "FILTERBY", "ACLCAT", "Connection"))
        .contains("\"ping\"")
        .contains("\"client|id\"")
        .doesNotContain("\"get\"");
    assertThat(console.run("COMMAND", "LIST", "FILTERBY", "ACLCAT", "x")).isEqualTo("[]");
    assertThat(console.run("COMMAND", "LIST", "FILTERBY", "MODULE", "x")).isEqualTo("[]");
    for (String[] wrong :
        List.of(
            new String[] {"COMMAND", "LIST", "X"},
            new String[] {"COMMAND", "LIST", "FILTERBY", "PATTERN"},
            new String[] {"COMMAND", "LIST", "FILTERBY", "X", "y"},
            new String[] {"COMMAND", "LIST", "FILTERBY", "PATTERN", "x", "y"})) {
      assertThat(console.run(wrong)).isEqualTo("(error) ERR syntax error");
    }
  }

  @Test
  void getKeys_findsTheKeysOfAFullCommand() {
    assertThat(keys("GET a")).isEqualTo("[\"a\"]");
    assertThat(keys("SET a b EX 1")).isEqualTo("[\"a\"]");
    assertThat(keys("MSET a 1 b 2")).isEqualTo("[\"a\", \"b\"]");
    assertThat(keys("MSETEX 2 a 1 b 2 EX 9")).isEqualTo("[\"a\", \"b\"]");
    assertThat(keys("LCS a b LEN")).isEqualTo("[\"a\", \"b\"]");
    assertThat(keys("RENAME a b")).isEqualTo("[\"a\", \"b\"]");
    assertThat(keys("DEL a b c")).isEqualTo("[\"a\", \"b\", \"c\"]");
    assertThat(keys("OBJECT ENCODING a")).isEqualTo("[\"a\"]");
    assertThat(keys("MEMORY USAGE a SAMPLES 5")).isEqualTo("[\"a\"]");
  }

  @Test
  void getKeys_saysWhyThereAreNone() {
    assertThat(keys("GET a b"))
        .isEqualTo("(error) ERR Invalid number of arguments specified for command");
    assertThat(keys("NOTHING a")).isEqualTo("(error) ERR Invalid command specified");
    assertThat(keys("OBJECT X a")).isEqualTo("(error) ERR Invalid command specified");
    assertThat(keys("ECHO a")).isEqualTo("(error) ERR The command has no key arguments");
    assertThat(keys("MSETEX 3 a 1 b 2"))
        .isEqualTo("(error) ERR Invalid arguments specified for command");
    assertThat(keys("CLIENT ID")).isEqualTo("(error) ERR The command has no key arguments");
  }

  private String keys(String command) {
    return console.run(("COMMAND GETKEYS " + command).split(" ", -1));
  }

  @Test
  void getKeysAndFlags_tellsHowEachKeyIsUsed() {
    assertThat(flags("GET a")).isEqualTo("[[\"a\", [RO, access]]]");
    assertThat(flags("SET a b")).isEqualTo("[[\"a\", [OW, update]]]");
    assertThat(flags("SET a b GET")).isEqualTo("[[\"a\", [RW, access, update]]]");
    assertThat(flags("BITFIELD a GET u8 0")).isEqualTo("[[\"a\", [RO, access]]]");
    assertThat(flags("BITFIELD a SET u8 0 1")).isEqualTo("[[\"a\", [RW, access, update]]]");
    assertThat(flags("BITOP AND d a")).isEqualTo("[[\"d\", [OW, update]], [\"a\", [RO, access]]]");
    assertThat(flags("RENAME a b"))
        .isEqualTo("[[\"a\", [RW, access, delete]], [\"b\", [OW, update]]]");
  }

  private String flags(String command) {
    return console.run(("COMMAND GETKEYSANDFLAGS " + command).split(" ", -1));
  }
}
