package dev.redistill.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a start brings besides the values of settings.
 *
 * @param file the configuration file, or null if there is none
 * @param warnings lines for the log about what was given and has no effect
 * @param renames commands to rename or remove, in the order given
 */
public record StartNotes(@Nullable Path file, List<String> warnings, List<Rename> renames) {

  static final StartNotes NONE = new StartNotes(null, List.of(), List.of());

  /**
   * A command that gets another name.
   *
   * @param command the name that it has
   * @param name the name that it gets; empty removes the command
   */
  public record Rename(String command, String name) {}
}
