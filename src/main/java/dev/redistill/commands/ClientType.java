package dev.redistill.commands;

import dev.redistill.command.Arguments;
import dev.redistill.command.CommandException;
import dev.redistill.command.Session;
import java.util.Locale;

/**
 * The kinds of clients that CLIENT LIST and CLIENT KILL tell apart. Clients here are subscribers or
 * normal ones.
 */
enum ClientType {
  NORMAL,
  REPLICA,
  PUBSUB,
  MASTER;

  static ClientType of(Session session) {
    return session.messaging().isSubscriber() ? PUBSUB : NORMAL;
  }

  /** The type that the next argument names. */
  static ClientType next(Arguments arguments) {
    String name = arguments.nextText();
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "normal" -> NORMAL;
      case "replica", "slave" -> REPLICA;
      case "pubsub" -> PUBSUB;
      case "master" -> MASTER;
      default -> throw new CommandException("ERR Unknown client type '" + name + "'");
    };
  }
}
