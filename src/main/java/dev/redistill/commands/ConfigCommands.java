package dev.redistill.commands;

import static dev.redistill.command.Command.other;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.Flag;
import dev.redistill.command.Services;
import dev.redistill.config.Config;
import dev.redistill.config.ConfigException;
import dev.redistill.config.Settings;
import dev.redistill.resp.Ascii;
import dev.redistill.store.Keyspace;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
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
                  admin("REWRITE").arity(2).run(ConfigCommands::rewrite),
                  admin("SET").arity(-4).run(ConfigCommands::set)));

  private static final Logger LOG = System.getLogger(ConfigCommands.class.getName());

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

  /**
   * CONFIG REWRITE. OK; the file that the server was started with holds the present settings, and
   * the users if they do not have a file of their own. A file of JSON is not rewritten.
   */
  private static void rewrite(Call call) {
    Services services = call.services();
    String file = services.lifecycle().configFile();
    if (file.isEmpty()) {
      throw new CommandException("ERR The server is running without a config file");
    }
    if (file.endsWith(".json")) {
      throw new CommandException("ERR Rewriting config file: one of JSON is not rewritten");
    }
    boolean elsewhere = !services.config().text(Settings.ACLFILE).isEmpty();
    try {
      services.config().rewrite(Path.of(file), elsewhere ? null : users(services));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "CONFIG REWRITE failed", e);
      throw new CommandException("ERR Rewriting config file: " + Config.reason(e));
    }
    call.reply().ok();
  }

  private static List<String> users(Services services) {
    return services.acl().users().stream()
        .map(user -> user.line().substring("user ".length()))
        .map(line -> new String(Ascii.bytes(line), UTF_8))
        .toList();
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
    Keyspace keyspace = services.keyspace();
    services.statistics().reset(keyspace.expired(), keyspace.expiredFields(), keyspace.evicted());
    services.sessions().resetTraffic();
    services.keyFigures().reset();
    for (Command command : services.commands().all()) {
      command.statistics().reset();
      command.subcommands().forEach(part -> part.statistics().reset());
    }
    call.reply().ok();
  }
}
