package dev.redistill.commands;

import dev.redistill.command.Arguments;
import dev.redistill.command.CommandException;
import dev.redistill.store.Field;
import dev.redistill.util.Glob;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a hash HSCAN shows, or members of a set SSCAN.
 *
 * @param count about how many fields to look at
 * @param pattern what their names have to match, or null for all
 * @param values whether their values are shown, too
 */
record FieldFilter(long count, @Nullable Glob pattern, boolean values) {

  private static final long DEFAULT_COUNT = 10;

  /** Reads the options behind the cursor; only those of a hash may leave out values. */
  static FieldFilter read(Arguments arguments, boolean ofHash) {
    long count = DEFAULT_COUNT;
    Glob pattern = null;
    boolean values = true;
    while (arguments.hasNext()) {
      if (arguments.left() > 1 && arguments.take("COUNT")) {
        count = arguments.nextLong();
        if (count < 1) {
          throw CommandException.SYNTAX;
        }
      } else if (arguments.left() > 1 && arguments.take("MATCH")) {
        pattern = new Glob(arguments.nextBytes());
      } else if (ofHash && arguments.take("NOVALUES")) {
        values = false;
      } else {
        throw CommandException.SYNTAX;
      }
    }
    return new FieldFilter(count, pattern == null || pattern.matchesAll() ? null : pattern, values);
  }

  boolean accepts(Field field) {
    return pattern == null
        || pattern.matches(field.nameBytes(), field.nameOffset(), field.nameLength());
  }
}
