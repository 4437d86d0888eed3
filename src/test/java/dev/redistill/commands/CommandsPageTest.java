package dev.redistill.commands;

import static dev.redistill.util.GeneratedPage.cell;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redistill.command.Command;
import dev.redistill.command.Flag;
import dev.redistill.util.GeneratedPage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The page of the commands is what their tables say. */
final class CommandsPageTest {

  private final StringBuilder page = new StringBuilder();

  @Test
  void commands() throws IOException {
    Map<String, Map<String, Command>> groups = new TreeMap<>();
    CommandCommandsTest.commands()
        .filter(command -> command.subcommands().isEmpty())
        .forEach(command -> {
          String group = Documentation.of(command).path("group").asText();
          groups.computeIfAbsent(group, name -> new TreeMap<>()).put(command.name(), command);
        });
    int count = groups.values().stream().mapToInt(Map::size).sum();
    page.append("# All commands\n\n").append(count).append(" commands and subcommands. ");
    page.append("*Arguments* counts them with the name; + is at least so many.\n");
    groups.forEach(this::group);
    GeneratedPage.check("commands.md", page.toString());
  }

  private void group(String name, Map<String, Command> commands) {
    page.append("\n## ").append(name).append("\n\n");
    page.append("| command | arguments | kind | since Redis | |\n");
    page.append("| --- | --- | --- | --- | --- |\n");
    commands.values().forEach(this::line);
  }

  private void line(Command command) {
    JsonNode documentation = Documentation.of(command);
    int arity = command.arity();
    String title = command.name().replace('|', ' ').toUpperCase(Locale.ROOT);
    List<String> cells =
        List.of(
            "`" + title + "`",
            arity < 0 ? -arity + "+" : Integer.toString(arity),
            kind(command),
            documentation.path("since").asText(),
            cell(documentation.path("summary").asText()));
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String kind(Command command) {
    return command.is(Flag.WRITE) ? "write" : command.is(Flag.READONLY) ? "read" : "";
  }
}
