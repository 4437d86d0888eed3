package dev.redistill.commands;

import static dev.redistill.command.Command.read;
import static dev.redistill.command.Command.write;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.EventClass;
import dev.redistill.command.Flag;
import dev.redistill.config.Settings;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.Request;
import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Single bits of strings, and counting and finding them. */
final class BitmapCommands {

  static final List<Command> TABLE =
      List.of(
          read("BITCOUNT").arity(-2).key(1).run(BitmapCommands::bitcount),
          read("BITPOS").arity(-3).key(1).run(BitmapCommands::bitpos),
          read("GETBIT").arity(3).key(1).fast().run(BitmapCommands::getbit),
          write("SETBIT").arity(4).key(1).with(Flag.DENYOOM).run(BitmapCommands::setbit));

  private static final CommandException BAD_OFFSET =
      new CommandException("ERR bit offset is not an integer or out of range");
  private static final CommandException BAD_BIT =
      new CommandException("ERR bit is not an integer or out of range");
  private static final CommandException NO_BIT =
      new CommandException("ERR The bit argument must be 1 or 0.");

  private BitmapCommands() {}

  /**
   * BITCOUNT key [start end [BYTE | BIT]]. How many bits are 1, in a range with both ends. A
   * missing key is 0 whatever the range.
   */
  private static void bitcount(Call call) {
    Arguments arguments = call.arguments().skip(1);
    Object text = call.text();
    if (text == null) {
      call.reply().integer(0);
      return;
    }
    if (arguments.left() == 1 || arguments.left() > 3) {
      throw CommandException.SYNTAX;
    }
    boolean whole = !arguments.hasNext();
    long start = whole ? 0 : arguments.nextLong();
    long end = whole ? -1 : arguments.nextLong();
    if (start < 0 && end < 0 && start > end) {
      call.reply().integer(0);
      return;
    }
    Range range = Range.of(text, start, end, unit(arguments));
    call.reply().integer(Bits.count(Text.bytes(text), range.from, range.to));
  }

  /**
   * BITPOS key bit [start [end [BYTE | BIT]]]. The place of the first such bit, or -1. Without an
   * end the string counts as followed by zero bits. A missing key is nothing but those whatever the
   * range.
   */
  private static void bitpos(Call call) {
    Arguments arguments = call.arguments().skip(1);
    long bit = arguments.nextLong();
    if (bit != 0 && bit != 1) {
      throw NO_BIT;
    }
    Object text = call.text();
    if (text == null) {
      call.reply().integer(bit == 0 ? 0 : -1);
      return;
    }
    if (arguments.left() > 3) {
      throw CommandException.SYNTAX;
    }
    long start = arguments.hasNext() ? arguments.nextLong() : 0;
    boolean endGiven = arguments.hasNext();
    int endPlace = arguments.place();
    boolean bits = endGiven && unit(arguments.skip(1));
    long end = endGiven ? arguments.longAt(endPlace, CommandException.NOT_AN_INTEGER) : -1;
    Range range = Range.of(text, start, end, bits);
    long found = Bits.find(Text.bytes(text), range.from, range.to, bit == 1);
    boolean behind = found < 0 && bit == 0 && !endGiven && range.from < range.to;
    call.reply().integer(behind ? range.to : found);
  }

  /** Whether the last argument says that a range is one of bits; bytes if there is none. */
  private static boolean unit(Arguments arguments) {
    if (!arguments.hasNext()) {
      return false;
    }
    boolean bits = arguments.take("BIT");
    if (!bits && !arguments.take("BYTE")) {
      throw CommandException.SYNTAX;
    }
    return bits;
  }

  /**
   * A range of bits of a string.
   *
   * @param from its first bit
   * @param to the place behind its last bit; not larger than {@code from} if the range is empty
   */
  private record Range(long from, long to) {

    /**
     * The range from {@code start} to {@code end}, bytes or bits, both in it; negative counts from
     * the end.
     */
    static Range of(Object text, long start, long end, boolean bits) {
      long length = bits ? 8L * Text.length(text) : Text.length(text);
      long first = Math.max(start < 0 ? start + length : start, 0);
      long last = Math.min(Math.max(end < 0 ? end + length : end, 0), length - 1);
      if (first > last) {
        return new Range(0, 0);
      }
      return bits ? new Range(first, last + 1) : new Range(8 * first, 8 * (last + 1));
    }
  }

  /** GETBIT key offset. The bit; 0 behind the end. */
  private static void getbit(Call call) {
    long offset = offset(call, 2, 0);
    Object text = call.text();
    call.reply().integer(isSet(text, offset) ? 1 : 0);
  }

  /** SETBIT key offset bit. The old bit; the string grows as needed. */
  private static void setbit(Call call) {
    long offset = offset(call, 2, 0);
    long bit = call.arguments().skip(2).nextLong(BAD_BIT);
    if (bit != 0 && bit != 1) {
      throw BAD_BIT;
    }
    Object text = call.text();
    Entry entry = call.entry();
    boolean old = isSet(text, offset);
    int size = (int) (offset >> 3) + 1;
    if (entry == null || text == null) {
      byte[] bytes = new byte[size];
      Bits.set(bytes, offset, bit == 1);
      StringRangeCommands.create(call, bytes);
      call.event(EventClass.STRING, "setbit");
    } else if (size > Text.length(text) || old != (bit == 1)) {
      Database database = call.database();
      byte[] draft = database.draft(entry, size);
      Bits.set(draft, offset, bit == 1);
      database.commit(entry, draft, size);
      call.event(EventClass.STRING, "setbit");
    } else {
      call.database().markRaw(entry);
    }
    call.reply().integer(old ? 1 : 0);
  }

  private static boolean isSet(@Nullable Object text, long offset) {
    return text != null && offset >> 3 < Text.length(text) && Bits.get(Text.bytes(text), offset);
  }

  /**
   * The argument at a place as the offset of a bit; with {@code #} in front it counts fields of so
   * many bits, if there is a {@code width}.
   */
  static long offset(Call call, int place, int width) {
    Request request = call.request();
    byte[] bytes = request.buffer();
    int start = request.offset(place);
    int length = request.length(place);
    boolean fields = width > 0 && length > 0 && bytes[start] == '#';
    int from = fields ? start + 1 : start;
    int count = fields ? length - 1 : length;
    if (!Ascii.isLong(bytes, from, count)) {
      throw BAD_OFFSET;
    }
    long offset = Ascii.parseLong(bytes, from, count) * (fields ? width : 1);
    if (offset < 0
        || offset >> 3 >= call.services().config().bytes(Settings.PROTO_MAX_BULK_LEN)
        || offset >> 3 >= StringRangeCommands.longest(call)) {
      throw BAD_OFFSET;
    }
    return offset;
  }
}
