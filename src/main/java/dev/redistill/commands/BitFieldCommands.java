package dev.redistill.commands;

import static dev.redistill.command.Command.read;
import static dev.redistill.command.Command.write;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.EventClass;
import dev.redistill.command.Flag;
import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Strings as arrays of integers of any width. */
final class BitFieldCommands {

  static final List<Command> TABLE =
      List.of(
          write("BITFIELD").arity(-2).key(1).with(Flag.DENYOOM).run(BitFieldCommands::bitfield),
          read("BITFIELD_RO").arity(-2).key(1).fast().run(BitFieldCommands::bitfieldRo));

  private static final byte[] EMPTY = new byte[0];
  private static final BitField.Overflow[] OVERFLOWS = BitField.Overflow.values();
  private static final CommandException BAD_OVERFLOW =
      new CommandException("ERR Invalid OVERFLOW type specified");
  private static final CommandException READ_ONLY =
      new CommandException("ERR BITFIELD_RO only supports the GET subcommand");

  private BitFieldCommands() {}

  /** What is done with a field. */
  private enum Action {
    GET,
    SET,
    INCRBY
  }

  /**
   * One operation.
   *
   * @param value what to set or to add
   */
  private record Operation(
      Action action, BitField field, long offset, long value, BitField.Overflow overflow) {}

  /**
   * BITFIELD key [GET type offset | [OVERFLOW WRAP | SAT | FAIL] SET type offset value | INCRBY
   * type offset number] ... An array: of GET the value, of SET the old value, of INCRBY the new
   * one, nil if it would overflow and the last OVERFLOW was FAIL. A type is i1 to i64 or u1 to u63;
   * an offset is a number of bits, behind {@code #} of fields.
   */
  private static void bitfield(Call call) {
    List<Operation> operations = parse(call);
    long end = operations.stream().mapToLong(BitFieldCommands::endOfWrite).max().orElse(0);
    Object text = call.text();
    if (end == 0) {
      call.countRead();
      replyValues(call, operations, text);
      return;
    }
    int size = (int) ((end + 7) >> 3);
    Entry entry = call.entry();
    call.reply().array(operations.size());
    if (entry == null || text == null) {
      byte[] bytes = new byte[size];
      boolean applied = apply(call, operations, bytes, size, true);
      StringRangeCommands.create(call, bytes);
      tell(call, applied);
      return;
    }
    Database database = call.database();
    int length = Math.max(size, Text.length(text));
    boolean grows = length > Text.length(text);
    byte[] draft = database.draft(entry, size);
    boolean applied = apply(call, operations, draft, length, grows);
    if (applied || grows) {
      database.commit(entry, draft, size);
    } else {
      database.markRaw(entry);
    }
    tell(call, applied);
  }

  private static void tell(Call call, boolean applied) {
    if (applied) {
      call.event(EventClass.STRING, "setbit");
    }
  }

  /** BITFIELD_RO key [GET type offset ...]. An array of the values. Since Redis 6.0. */
  private static void bitfieldRo(Call call) {
    List<Operation> operations = parse(call);
    if (operations.stream().anyMatch(operation -> operation.action != Action.GET)) {
      throw READ_ONLY;
    }
    replyValues(call, operations, call.text());
  }

  private static List<Operation> parse(Call call) {
    Arguments arguments = call.arguments().skip(1);
    List<Operation> operations = new ArrayList<>();
    BitField.Overflow overflow = BitField.Overflow.WRAP;
    while (arguments.hasNext()) {
      if (arguments.left() > 1 && arguments.take("OVERFLOW")) {
        overflow = arguments.takeAny(OVERFLOWS);
        if (overflow == null) {
          throw BAD_OVERFLOW;
        }
      } else {
        operations.add(operation(call, arguments, action(arguments), overflow));
      }
    }
    return operations;
  }

  private static Action action(Arguments arguments) {
    int left = arguments.left();
    if (left > 2 && arguments.take("GET")) {
      return Action.GET;
    }
    if (left > 3 && arguments.take("SET")) {
      return Action.SET;
    }
    if (left > 3 && arguments.take("INCRBY")) {
      return Action.INCRBY;
    }
    throw CommandException.SYNTAX;
  }

  private static Operation operation(
      Call call, Arguments arguments, Action action, BitField.Overflow overflow) {
    BitField field = BitField.parse(call.request(), arguments.next());
    long offset = BitmapCommands.offset(call, arguments.next(), field.width());
    long value = action == Action.GET ? 0 : arguments.nextLong();
    return new Operation(action, field, offset, value, overflow);
  }

  /** The place behind the last bit that an operation writes, 0 if it writes none. */
  private static long endOfWrite(Operation operation) {
    return operation.action == Action.GET ? 0 : operation.offset + operation.field.width();
  }

  private static void replyValues(Call call, List<Operation> operations, @Nullable Object text) {
    call.reply().array(operations.size());
    byte[] bytes = text == null ? EMPTY : Text.bytes(text);
    int length = text == null ? 0 : Text.length(text);
    for (Operation operation : operations) {
      call.reply().integer(operation.field.get(bytes, length, operation.offset));
    }
  }

  /**
   * Runs all operations and replies to each; answers whether any bit has changed, to which every
   * bit counts that is written to a string that {@code grows}.
   */
  private static boolean apply(
      Call call, List<Operation> operations, byte[] bytes, int length, boolean grows) {
    boolean changed = false;
    for (Operation operation : operations) {
      BitField field = operation.field;
      long old = field.get(bytes, length, operation.offset);
      if (operation.action == Action.GET) {
        call.reply().integer(old);
        continue;
      }
      boolean set = operation.action == Action.SET;
      long base = set ? operation.value : old;
      long increment = set ? 0 : operation.value;
      int excess = field.excess(base, increment);
      if (excess != 0 && operation.overflow == BitField.Overflow.FAIL) {
        call.reply().nil();
        continue;
      }
      boolean saturate = operation.overflow == BitField.Overflow.SAT && excess != 0;
      long value = saturate ? field.bound(excess) : field.wrapped(base + increment);
      Bits.setNumber(bytes, operation.offset, field.width(), value);
      call.reply().integer(set ? old : value);
      changed |= grows || value != old;
    }
    return changed;
  }
}
