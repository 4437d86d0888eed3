package dev.redistill.commands;

import static dev.redistill.command.Command.other;

import dev.redistill.auth.Acl;
import dev.redistill.auth.BadRuleException;
import dev.redistill.auth.Category;
import dev.redistill.auth.User;
import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.CommandTable;
import dev.redistill.command.Flag;
import dev.redistill.config.Settings;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.Request;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** ACL: the users and what they may do. */
final class AclCommands {

  static final List<Command> TABLE =
      List.of(
          other("ACL")
              .arity(-2)
              .container(
                  open("CAT").arity(-2).run(AclCommands::cat),
                  admin("DELUSER").arity(-3).run(AclCommands::delUser),
                  admin("DRYRUN").arity(-4).run(AclCommands::dryRun),
                  open("GENPASS").arity(-2).run(AclCommands::genPass),
                  admin("GETUSER").arity(3).run(AclReplies::getUser),
                  Help.command(),
                  admin("LIST").arity(2).run(AclCommands::list),
                  admin("LOAD").arity(2).run(AclCommands::load),
                  admin("LOG").arity(-2).run(AclReplies::log),
                  admin("SAVE").arity(2).run(AclCommands::save),
                  admin("SETUSER").arity(-3).run(AclCommands::setUser),
                  admin("USERS").arity(2).run(AclCommands::users),
                  open("WHOAMI").arity(2).run(AclCommands::whoAmI)));

  private static final Logger LOG = System.getLogger(AclCommands.class.getName());
  private static final int MOST_BITS = 4096;
  private static final int USUAL_BITS = 256;
  private static final int BITS_OF_A_DIGIT = 4;

  private AclCommands() {}

  private static Command open(String name) {
    return other(name).with(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE);
  }

  private static Command admin(String name) {
    return open(name).with(Flag.ADMIN);
  }

  /** ACL CAT [category]. All categories, or the commands and subcommands of one. */
  private static void cat(Call call) {
    Request request = call.request();
    if (request.count() > 3) {
      throw Help.wrongArguments(call, "ACL");
    }
    if (request.count() == 2) {
      call.reply().array(Category.values().length);
      Stream.of(Category.values()).forEach(category -> call.reply().bulk(category.text()));
      return;
    }
    Category category = Category.named(request.text(2));
    if (category == null) {
      throw new CommandException("ERR Unknown category '" + request.text(2) + "'");
    }
    List<Command> commands =
        call.services().commands().originals().stream()
            .flatMap(command -> Stream.concat(Stream.of(command), command.subcommands().stream()))
            .filter(command -> Categories.of(command).contains(category))
            .toList();
    call.reply().array(commands.size());
    commands.forEach(command -> call.reply().bulk(command.name()));
  }

  /** ACL DELUSER name [name ...]. How many users are gone now, and their connections with them. */
  private static void delUser(Call call) {
    try {
      call.reply().integer(call.services().acl().remove(texts(call, 2)));
    } catch (BadRuleException e) {
      throw failed(e);
    }
  }

  /** ACL DRYRUN name command [argument ...]. OK, or why the user may not run that. */
  private static void dryRun(Call call) {
    Request request = call.request();
    String name = request.text(2);
    User user = call.services().acl().find(name);
    if (user == null) {
      throw new CommandException("ERR User '" + name + "' not found");
    }
    Command command = command(call, request);
    if (!command.accepts(request.count() - 3)) {
      throw CommandException.arity(command.name());
    }
    Permissions permissions = new Permissions(command, request, 3);
    Permissions.Refusal refusal = permissions.check(user);
    if (refusal == null) {
      call.reply().ok();
      return;
    }
    String what =
        switch (refusal.reason()) {
          case COMMAND, AUTH, TLS_CERT -> "run the '" + command.name() + "' command";
          case KEY -> "access the '" + request.text(refusal.place()) + "' key";
          case CHANNEL -> "access the '" + request.text(refusal.place()) + "' channel";
        };
    call.reply().bulk("This user has no permissions to " + what);
  }

  private static Command command(Call call, Request request) {
    CommandTable commands = call.services().commands();
    String name = request.text(3).toLowerCase(Locale.ROOT);
    Command command = commands.find(name);
    if (command != null && !command.subcommands().isEmpty() && request.count() > 4) {
      command = commands.find(name + "|" + request.text(4).toLowerCase(Locale.ROOT));
    }
    if (command == null) {
      throw new CommandException("ERR Command '" + request.text(3) + "' not found");
    }
    return command;
  }

  /** ACL GENPASS [bits]. A password by chance, in hexadecimal digits. */
  private static void genPass(Call call) {
    Arguments arguments = call.arguments().skip(1);
    if (arguments.left() > 1) {
      throw Help.wrongArguments(call, "ACL");
    }
    long bits = arguments.hasNext() ? arguments.nextLong() : USUAL_BITS;
    if (bits <= 0 || bits > MOST_BITS) {
      throw new CommandException(
          "ERR ACL GENPASS argument must be the number of bits for the output password, a positive"
              + " number up to "
              + MOST_BITS);
    }
    int digits = (int) (bits + BITS_OF_A_DIGIT - 1) / BITS_OF_A_DIGIT;
    byte[] bytes = new byte[(digits + 1) / 2];
    call.services().chance().nextBytes(bytes);
    call.reply().bulk(HexFormat.of().formatHex(bytes).substring(0, digits));
  }

  /** ACL LIST. A line for each user, from which the user follows. */
  private static void list(Call call) {
    reply(call, call.services().acl().users().stream().map(User::line).toList());
  }

  /** ACL USERS. The names of all users. */
  private static void users(Call call) {
    reply(call, call.services().acl().users().stream().map(User::name).toList());
  }

  private static void reply(Call call, List<String> texts) {
    call.reply().array(texts.size());
    texts.forEach(text -> call.reply().bulk(Ascii.bytes(text)));
  }

  /** ACL WHOAMI. The name of the user that this client is. */
  private static void whoAmI(Call call) {
    call.reply().bulk(Ascii.bytes(call.session().account().name()));
  }

  /** ACL LOAD. OK; the users are those of the file, or the same as before if it is wrong. */
  private static void load(Call call) {
    Path file = file(call);
    try {
      call.services().acl().load(file);
    } catch (BadRuleException e) {
      throw failed(e);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "loading users failed: {0}", e.toString());
      throw new CommandException("ERR Error loading ACLs, opening file '" + file + "'");
    }
    call.reply().ok();
  }

  /** ACL SAVE. OK; the file of users is replaced by one with those of now. */
  private static void save(Call call) {
    Path file = file(call);
    try {
      call.services().acl().save(file);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "saving users failed: {0}", e.toString());
      throw new CommandException(
          "ERR There was an error trying to save the ACLs. Please check the server logs for more"
              + " information");
    }
    call.reply().ok();
  }

  private static Path file(Call call) {
    return call.services()
        .config()
        .file(Settings.ACLFILE)
        .orElseThrow(() ->
            new CommandException(
                "ERR This Redis instance is not configured to use an ACL file. You may want to"
                    + " specify users via the ACL SETUSER command and then issue a CONFIG REWRITE"
                    + " (assuming you have a Redis configuration file set) in order to store users"
                    + " in the Redis configuration."));
  }

  /** ACL SETUSER name [rule ...]. OK; all rules are applied, or none. */
  private static void setUser(Call call) {
    Acl acl = call.services().acl();
    try {
      acl.change(call.request().text(2), texts(call, 3));
    } catch (BadRuleException e) {
      throw failed(e);
    }
    call.reply().ok();
  }

  private static List<String> texts(Call call, int from) {
    List<String> texts = new ArrayList<>();
    for (int place = from; place < call.request().count(); place++) {
      texts.add(call.request().text(place));
    }
    return texts;
  }

  private static CommandException failed(BadRuleException e) {
    return new CommandException("ERR " + e.text());
  }
}
