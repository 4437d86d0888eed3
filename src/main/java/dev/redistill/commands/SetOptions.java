package dev.redistill.commands;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.CommandException;
import org.jspecify.annotations.Nullable;

/** The options of SET; of those that may stand twice the last one counts. */
final class SetOptions {

  private final Expiry expiry = new Expiry("KEEPTTL");
  private @Nullable Condition condition;
  private int operand;
  private boolean get;

  private SetOptions() {}

  /** Takes all options that are left. */
  static SetOptions read(Arguments arguments) {
    SetOptions options = new SetOptions();
    while (arguments.hasNext()) {
      options.readOne(arguments);
    }
    return options;
  }

  private void readOne(Arguments arguments) {
    if (expiry.take(arguments)) {
      return;
    }
    if (arguments.take("GET")) {
      get = true;
      return;
    }
    Condition taken = Condition.take(arguments);
    if (taken == null || (condition != null && condition != taken)) {
      throw CommandException.SYNTAX;
    }
    condition = taken;
    if (taken.compares()) {
      operand = arguments.next();
    }
  }

  Expiry expiry() {
    return expiry;
  }

  /** Whether the old value is the reply. */
  boolean isGet() {
    return get;
  }

  /** Whether the first key may be set. */
  boolean allow(Call call) {
    return condition == null || condition.holds(call, operand);
  }
}
