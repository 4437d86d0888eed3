package dev.redistill.config;

import java.util.List;

/**
 * What a start brings besides the values of settings.
 *
 * @param file the absolute path of the configuration file; empty if there is none
 * @param warnings lines for the log about what was given and has no effect
 * @param renames commands to rename or remove, in the order given
 * @param users the users, as a name and rules each, one character per byte
 */
public record StartNotes(
    String file, List<String> warnings, List<Rename> renames, List<List<String>> users) {

  static final StartNotes NONE = new StartNotes("", List.of(), List.of(), List.of());

  /**
   * A command that gets another name.
   *
   * @param command the name that it has
   * @param name the name that it gets; empty removes the command
   */
  public record Rename(String command, String name) {}
}
