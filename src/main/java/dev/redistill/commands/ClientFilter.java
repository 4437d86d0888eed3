package dev.redistill.commands;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.CommandException;
import dev.redistill.command.Session;
import org.jspecify.annotations.Nullable;

/**
 * Which connections CLIENT KILL ends: those that meet every condition it was given. Used by one
 * thread.
 */
final class ClientFilter {

  private long id;
  private long maxAge;
  private @Nullable String address;
  private @Nullable String localAddress;
  private @Nullable ClientType type;
  private @Nullable String user;
  private boolean skipMe = true;

  private ClientFilter() {}

  /** The connection from an address, whosever it is. */
  static ClientFilter address(String address) {
    ClientFilter filter = new ClientFilter();
    filter.address = address;
    filter.skipMe = false;
    return filter;
  }

  /** Reads options, each with its value. */
  static ClientFilter read(Call call) {
    ClientFilter filter = new ClientFilter();
    Arguments arguments = call.arguments().skip(1);
    while (arguments.hasNext()) {
      if (arguments.left() == 1) {
        throw CommandException.SYNTAX;
      }
      filter.readOption(call, arguments);
    }
    return filter;
  }

  private void readOption(Call call, Arguments arguments) {
    if (arguments.take("ID")) {
      id = positive(arguments, "client-id should be greater than 0");
    } else if (arguments.take("TYPE")) {
      type = ClientType.next(arguments);
    } else if (arguments.take("ADDR")) {
      address = arguments.nextText();
    } else if (arguments.take("LADDR")) {
      localAddress = arguments.nextText();
    } else if (arguments.take("USER")) {
      user = knownUser(call, arguments.nextText());
    } else if (arguments.take("SKIPME")) {
      skipMe = yesOrNo(arguments);
    } else if (arguments.take("MAXAGE")) {
      maxAge = maxAge(arguments);
    } else {
      throw CommandException.SYNTAX;
    }
  }

  private static long positive(Arguments arguments, String otherwise) {
    CommandException failure = new CommandException("ERR " + otherwise);
    long value = arguments.nextLong(failure);
    if (value < 1) {
      throw failure;
    }
    return value;
  }

  private static long maxAge(Arguments arguments) {
    long seconds =
        arguments.nextLong(new CommandException("ERR maxage is not an integer or out of range"));
    if (seconds < 1) {
      throw new CommandException("ERR maxage should be greater than 0");
    }
    return seconds;
  }

  private static String knownUser(Call call, String name) {
    if (call.services().acl().find(name) == null) {
      throw new CommandException("ERR No such user '" + name + "'");
    }
    return name;
  }

  private static boolean yesOrNo(Arguments arguments) {
    if (arguments.take("YES")) {
      return true;
    }
    if (arguments.take("NO")) {
      return false;
    }
    throw CommandException.SYNTAX;
  }

  /** Whether a connection meets all conditions. */
  boolean matches(Session session, Call call) {
    return (id == 0 || session.id() == id)
        && (type == null || type == ClientType.of(session))
        && (address == null || session.link().address().equals(address))
        && (localAddress == null || session.link().localAddress().equals(localAddress))
        && (user == null || session.account().name().equals(user))
        && (call.now() - session.connectedAt()) / 1000 >= maxAge
        && !(skipMe && session == call.session());
  }
}
