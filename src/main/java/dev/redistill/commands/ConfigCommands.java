package dev.redistill.commands;

import static dev.redistill.command.Command.other;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.Flag;
import dev.redistill.command.Services;
import dev.redistill.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** CONFIG: the settings and the counts of the running server. Settings are text in UTF-8. */
final class ConfigCommands {

  static final List<Command> TABLE =
      List.of(
          other("CONFIG")
              .arity(-2)
              .container(
                  admin("GET").arity(-3).run(ConfigCommands::get),
                  Help.command(),
                  admin("RESETSTAT").arity(2).run(ConfigCommands::resetStatistics),
                  admin("SET").arity(-4).run(ConfigCommands::set)));

  private ConfigCommands() {}

  private static Command admin(String name) {
    return other(name).with(Flag.ADMIN, Flag.NOSCRIPT, Flag.LOADING, Flag.STALE);
  }

  /** CONFIG GET glob [glob ...]. The settings that match any of the patterns. */
  private static void get(Call call) {
    Map<String, String> settings = call.services().config().get(texts(call));
    call.reply().map(settings.size());
    settings.forEach((name, value) -> {
      call.reply().bulk(name.getBytes(UTF_8));
      call.reply().bulk(value.getBytes(UTF_8));
    });
  }

  /** CONFIG SET name value [name value ...]. OK; all settings change or none. */
  private static void set(Call call) {
    String address = call.session().link().address();
    boolean local =
        address.startsWith("127.") || address.startsWith("[::1]") || address.startsWith("/");
    try {
      call.services().config().set(texts(call), local);
    } catch (ConfigException e) {
      throw new CommandException(String.valueOf(e.getMessage()));
    }
    call.noticeSettings();
    call.reply().ok();
  }

  private static List<String> texts(Call call) {
    Arguments arguments = call.arguments().skip(1);
    List<String> texts = new ArrayList<>();
    while (arguments.hasNext()) {
      texts.add(new String(arguments.nextBytes(), UTF_8));
    }
    return texts;
  }

  /** CONFIG RESETSTAT. OK; what INFO counts starts again from zero. */
  private static void resetStatistics(Call call) {
    Services services = call.services();
    services.statistics().reset(services.keyspace().expired(), services.keyspace().evicted());
    services.sessions().resetTraffic();
    for (Command command : services.commands().all()) {
      command.statistics().reset();
      command.subcommands().forEach(part -> part.statistics().reset());
    }
    call.reply().ok();
  }
}
