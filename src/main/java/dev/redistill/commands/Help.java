package dev.redistill.commands;

import static dev.redistill.command.Command.other;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.Flag;
import dev.redistill.resp.ReplyWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * HELP, a subcommand of every command that has subcommands: their usage and summaries from the
 * documentation, in Redis' layout.
 */
final class Help {

  private Help() {}

  /** The line of HELP for the table of a command with subcommands. */
  static Command command() {
    return other("HELP").arity(2).with(Flag.LOADING, Flag.STALE).run(Help::help);
  }

  /**
   * The error of a subcommand that notices for itself that its arguments are too many or too few.
   */
  static CommandException wrongArguments(Call call, String container) {
    return new CommandException(
        "ERR unknown subcommand or wrong number of arguments for '"
            + call.request().text(1)
            + "'. Try "
            + container
            + " HELP.");
  }

  private static void help(Call call) {
    String name = call.request().text(0).toLowerCase(Locale.ROOT);
    Command container = Objects.requireNonNull(call.services().commands().find(name));
    List<Command> parts = container.subcommands();
    ReplyWriter reply = call.reply();
    reply.array(1 + 2L * parts.size());
    reply.simple(
        name.toUpperCase(Locale.ROOT)
            + " <subcommand> [<arg> [value] [opt] ...]. Subcommands are:");
    for (Command part : parts) {
      JsonNode documentation = Documentation.of(part);
      reply.simple(usage(part, documentation));
      reply.simple("    " + documentation.path("summary").asText());
    }
  }

  private static String usage(Command part, JsonNode documentation) {
    String name = part.name().substring(part.name().indexOf('|') + 1).toUpperCase(Locale.ROOT);
    String arguments = Usage.of(documentation.path("arguments"));
    return arguments.isEmpty() ? name : name + " " + arguments;
  }
}
