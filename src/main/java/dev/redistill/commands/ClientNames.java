package dev.redistill.commands;

import dev.redistill.command.CommandException;

/**
 * What clients may call themselves and their libraries: printable ASCII, so that CLIENT LIST stays
 * legible.
 */
final class ClientNames {

  private ClientNames() {}

  /** A name if it may stand in CLIENT LIST, else an error that says what cannot be one. */
  static String checked(String name, String what) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < '!' || name.charAt(i) > '~') {
        throw new CommandException(
            "ERR " + what + " cannot contain spaces, newlines or special characters.");
      }
    }
    return name;
  }
}
