package dev.redistill.commands;

import static dev.redistill.command.Command.other;

import dev.redistill.auth.Category;
import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.CommandTable;
import dev.redistill.command.Flag;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.resp.Request;
import dev.redistill.util.Glob;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** COMMAND: what the server knows of its commands. */
final class CommandCommands {

  static final List<Command> TABLE =
      List.of(
          about("COMMAND")
              .arity(-1)
              .run(CommandCommands::all)
              .container(
                  about("COUNT").arity(2).run(CommandCommands::count),
                  about("DOCS").arity(-2).run(CommandCommands::docs),
                  about("GETKEYS").arity(-4).run(CommandCommands::getKeys),
                  about("GETKEYSANDFLAGS").arity(-4).run(CommandCommands::getKeysAndFlags),
                  Help.command(),
                  about("INFO").arity(-2).run(CommandCommands::info),
                  about("LIST").arity(-2).run(CommandCommands::list)));

  private CommandCommands() {}

  private static Command about(String name) {
    return other(name).with(Flag.LOADING, Flag.STALE);
  }

  /** COMMAND. The facts of all commands. */
  private static void all(Call call) {
    Collection<Command> commands = call.services().commands().all();
    call.reply().array(commands.size());
    commands.forEach(command -> CommandInfo.write(call.reply(), command));
  }

  /** COMMAND COUNT. The number of commands. */
  private static void count(Call call) {
    call.reply().integer(call.services().commands().all().size());
  }

  /**
   * COMMAND DOCS [name ...]. What the named commands, or all, are for; unknown names are left out.
   */
  private static void docs(Call call) {
    CommandTable table = call.services().commands();
    List<Command> commands =
        call.request().count() == 2
            ? List.copyOf(table.all())
            : names(call).map(table::find).filter(Objects::nonNull).toList();
    call.reply().map(commands.size());
    commands.forEach(command -> CommandDocs.write(call.reply(), command));
  }

  private static Stream<String> names(Call call) {
    Arguments arguments = call.arguments().skip(1);
    return Stream.generate(() -> arguments.nextText().toLowerCase(Locale.ROOT))
        .limit(arguments.left());
  }

  /**
   * COMMAND INFO [name ...]. The facts of the named commands, or of all; nil for an unknown name.
   */
  private static void info(Call call) {
    if (call.request().count() == 2) {
      all(call);
      return;
    }
    ReplyWriter reply = call.reply();
    reply.array(call.arguments().left() - 1L);
    names(call).forEach(name -> infoOrNil(call, call.services().commands().find(name)));
  }

  private static void infoOrNil(Call call, @Nullable Command command) {
    if (command == null) {
      call.reply().nil();
    } else {
      CommandInfo.write(call.reply(), command);
    }
  }

  /** COMMAND LIST [FILTERBY MODULE module | ACLCAT category | PATTERN glob]. Names of commands. */
  private static void list(Call call) {
    Collection<Command> all = call.services().commands().all();
    Arguments arguments = call.arguments().skip(1);
    List<Command> chosen = arguments.hasNext() ? filtered(all, arguments) : List.copyOf(all);
    call.reply().array(chosen.size());
    chosen.forEach(command -> call.reply().bulk(command.name()));
  }

  /** The commands and subcommands that pass a filter; those of modules are none. */
  private static List<Command> filtered(Collection<Command> all, Arguments arguments) {
    if (arguments.left() != 3 || !arguments.take("FILTERBY")) {
      throw CommandException.SYNTAX;
    }
    Predicate<Command> filter;
    if (arguments.take("MODULE")) {
      filter = command -> false;
    } else if (arguments.take("ACLCAT")) {
      Category category = Category.named(arguments.nextText());
      filter = command -> Categories.of(command).contains(category);
    } else if (arguments.take("PATTERN")) {
      Glob glob = new Glob(arguments.nextBytes(), true);
      filter = command -> glob.matches(Ascii.bytes(command.name()));
    } else {
      throw CommandException.SYNTAX;
    }
    return all.stream()
        .flatMap(command -> Stream.concat(Stream.of(command), command.subcommands().stream()))
        .filter(filter)
        .toList();
  }

  /** COMMAND GETKEYS name [argument ...]. The keys of a full command. */
  private static void getKeys(Call call) {
    List<KeyPlaces.KeyUse> keys = keys(call);
    call.reply().array(keys.size());
    keys.forEach(key -> call.reply().bulk(call.bytes(key.place())));
  }

  /**
   * COMMAND GETKEYSANDFLAGS name [argument ...]. The keys of a full command and how it uses them.
   */
  private static void getKeysAndFlags(Call call) {
    List<KeyPlaces.KeyUse> keys = keys(call);
    ReplyWriter reply = call.reply();
    reply.array(keys.size());
    for (KeyPlaces.KeyUse key : keys) {
      reply.array(2);
      reply.bulk(call.bytes(key.place()));
      reply.set(key.flags().size());
      key.flags().forEach(reply::simple);
    }
  }

  private static List<KeyPlaces.KeyUse> keys(Call call) {
    Request request = call.request();
    Command command = named(call, request);
    if (!KeyPlaces.hasKeys(command)) {
      throw new CommandException("ERR The command has no key arguments");
    }
    int count = request.count() - 2;
    boolean fits = command.arity() < 0 ? count >= -command.arity() : count == command.arity();
    if (!fits) {
      throw new CommandException("ERR Invalid number of arguments specified for command");
    }
    List<KeyPlaces.KeyUse> keys = KeyPlaces.find(command, request, 2);
    if (keys.isEmpty()) {
      throw new CommandException("ERR Invalid arguments specified for command");
    }
    return keys;
  }

  private static Command named(Call call, Request request) {
    String name = request.text(2).toLowerCase(Locale.ROOT);
    Command command = call.services().commands().find(name);
    if (command != null && !command.subcommands().isEmpty() && request.count() > 3) {
      String part = name + "|" + request.text(3).toLowerCase(Locale.ROOT);
      command = call.services().commands().find(part);
    }
    if (command == null) {
      throw new CommandException("ERR Invalid command specified");
    }
    return command;
  }
}
