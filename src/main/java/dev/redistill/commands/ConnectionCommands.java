package dev.redistill.commands;

import static dev.redistill.command.Command.other;

import dev.redistill.command.Call;
import dev.redistill.command.Command;
import java.util.List;

/** Connections. */
final class ConnectionCommands {

  static final List<Command> TABLE =
      List.of(other("PING").arity(-1).fast().run(ConnectionCommands::ping));

  private ConnectionCommands() {}

  /** PING [message]. */
  private static void ping(Call call) {
    if (call.request().count() == 1) {
      call.reply().simple("PONG");
    } else {
      call.reply().bulk(call.bytes(1));
    }
  }
}
