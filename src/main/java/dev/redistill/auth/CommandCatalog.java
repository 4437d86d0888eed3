package dev.redistill.auth;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What access lists have to know of the commands: each has a number, by which sets of them are
 * kept.
 */
public interface CommandCatalog {

  /** All numbers are below this. */
  int size();

  /**
   * The numbers of a command and its subcommands, or of one subcommand alone; null if there is none
   * of this name.
   *
   * @param name the name in lower case, {@code container|subcommand} for a subcommand
   */
  @Nullable BitSet find(String name);

  /** Whether a command consists of subcommands. */
  boolean isContainer(String name);

  /** The numbers of all commands of a category, with all subcommands of those. */
  BitSet find(Category category);
}
