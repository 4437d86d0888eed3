package dev.redistill.commands;

import static dev.redistill.command.Command.read;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.store.Entry;
import dev.redistill.util.Glob;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks through all keys, at once or in steps. */
final class ScanCommands {

  static final List<Command> TABLE =
      List.of(
          read("KEYS").arity(2).wholeDatabase().run(ScanCommands::keys),
          read("SCAN").arity(-2).wholeDatabase().run(ScanCommands::scan));

  private static final CommandException INVALID_CURSOR = new CommandException("ERR invalid cursor");
  private static final long DEFAULT_COUNT = 10;

  /**
   * Which keys SCAN shows.
   *
   * @param count about how many keys to look at
   * @param pattern what they have to match, or null for all
   * @param type the name of the type that their values have to have, or null for all
   */
  private record Filter(long count, @Nullable Glob pattern, @Nullable String type) {

    static Filter read(Arguments arguments) {
      long count = DEFAULT_COUNT;
      Glob pattern = null;
      String type = null;
      while (arguments.hasNext()) {
        if (arguments.left() > 1 && arguments.take("COUNT")) {
          count = arguments.nextLong();
          if (count < 1) {
            throw CommandException.SYNTAX;
          }
        } else if (arguments.left() > 1 && arguments.take("MATCH")) {
          pattern = new Glob(arguments.nextBytes());
        } else if (arguments.left() > 1 && arguments.take("TYPE")) {
          type = arguments.nextText();
        } else {
          throw CommandException.SYNTAX;
        }
      }
      return new Filter(count, pattern == null || pattern.matchesAll() ? null : pattern, type);
    }

    boolean accepts(Entry entry) {
      if (pattern != null && !pattern.matches(entry.key())) {
        return false;
      }
      return type == null || type.equalsIgnoreCase(GenericCommands.typeName(entry.value()));
    }
  }

  private ScanCommands() {}

  /** KEYS pattern. All keys that match. */
  private static void keys(Call call) {
    Glob pattern = new Glob(call.bytes(1));
    boolean all = pattern.matchesAll();
    List<byte[]> keys = new ArrayList<>();
    call.database()
        .forEach(
            call.now(),
            entry -> {
              if (all || pattern.matches(entry.key())) {
                keys.add(entry.key());
              }
            });
    reply(call.reply(), keys);
  }

  /**
   * SCAN cursor [MATCH pattern] [COUNT count] [TYPE type]. The cursor for the next call, 0 at the
   * end, and some keys. A key that is there from the first call to the last is shown at least once.
   */
  private static void scan(Call call) {
    long cursor = cursor(call.arguments().nextText());
    Filter filter = Filter.read(call.arguments());
    List<byte[]> keys = new ArrayList<>();
    long following =
        call.database()
            .scan(
                cursor,
                filter.count(),
                call.now(),
                entry -> {
                  if (filter.accepts(entry)) {
                    keys.add(entry.key());
                  }
                });
    call.reply().array(2);
    call.reply().bulk(following);
    reply(call.reply(), keys);
  }

  private static void reply(ReplyWriter reply, List<byte[]> keys) {
    reply.array(keys.size());
    keys.forEach(reply::bulk);
  }

  /** Reads a cursor as C does: up to a NUL byte, nothing is 0, and a sign is allowed. */
  static long cursor(String argument) {
    int nul = argument.indexOf(0);
    String text = nul < 0 ? argument : argument.substring(0, nul);
    if (text.isEmpty()) {
      return 0;
    }
    boolean signed = text.charAt(0) == '-' || text.charAt(0) == '+';
    String digits = signed ? text.substring(1) : text;
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw INVALID_CURSOR;
    }
    try {
      long value = Long.parseUnsignedLong(digits);
      return text.charAt(0) == '-' ? -value : value;
    } catch (NumberFormatException e) {
      throw INVALID_CURSOR;
    }
  }
}
