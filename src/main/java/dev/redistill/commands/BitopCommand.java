package dev.redistill.commands;

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
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * BITOP AND | OR | XOR | NOT | DIFF | DIFF1 | ANDOR | ONE target key [key ...]. Combines strings
 * bit by bit into a new one; the length of the longest, which shorter ones are filled up to with
 * zeros. An empty result deletes the target. DIFF, DIFF1, ANDOR and ONE since Redis 8.2.
 */
final class BitopCommand {

  static final List<Command> TABLE =
      List.of(write("BITOP").arity(-4).keys(2, -1, 1).with(Flag.DENYOOM).run(BitopCommand::run));

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final Operation[] OPERATIONS = Operation.values();
  private static final byte[] EMPTY = new byte[0];
  private static final CommandException NOT_OF_SEVERAL =
      new CommandException("ERR BITOP NOT must be called with a single source key.");

  private BitopCommand() {}

  /** How strings X, Y, Z ... are combined. */
  private enum Operation {
    /** In all. */
    AND,
    /** In any. */
    OR,
    /** In an odd number of them. */
    XOR,
    /** Not in X, the only one. */
    NOT,
    /** In X and none of the others. */
    DIFF,
    /** In any of the others and not in X. */
    DIFF1,
    /** In X and any of the others. */
    ANDOR,
    /** In exactly one. */
    ONE;

    boolean needsTwo() {
      return this == DIFF || this == DIFF1 || this == ANDOR;
    }
  }

  private static void run(Call call) {
    Arguments arguments = call.arguments();
    Operation operation = arguments.takeAny(OPERATIONS);
    if (operation == null) {
      throw CommandException.SYNTAX;
    }
    int sources = arguments.left() - 1;
    if (operation == Operation.NOT && sources != 1) {
      throw NOT_OF_SEVERAL;
    }
    if (operation.needsTwo() && sources < 2) {
      throw new CommandException(
          "ERR BITOP " + operation.name() + " must be called with at least two source keys.");
    }
    Bitmap[] bitmaps = new Bitmap[sources];
    int length = 0;
    for (int i = 0; i < sources; i++) {
      bitmaps[i] = Bitmap.of(call.read(3 + i));
      length = Math.max(length, bitmaps[i].length);
    }
    store(call, combine(operation, bitmaps, length));
    call.reply().integer(length);
  }

  /**
   * A string to combine.
   *
   * @param bytes an array that begins with it
   * @param length its length
   */
  private record Bitmap(byte[] bytes, int length) {

    static Bitmap of(@Nullable Entry entry) {
      Object text = Call.text(entry == null ? null : entry.value());
      return text == null ? new Bitmap(EMPTY, 0) : new Bitmap(Text.bytes(text), Text.length(text));
    }

    byte[] copy(int size) {
      byte[] copy = new byte[size];
      System.arraycopy(bytes, 0, copy, 0, length);
      return copy;
    }
  }

  private static void store(Call call, byte[] result) {
    Database database = call.database();
    Entry target = call.find(2);
    if (result.length > 0) {
      database.markRaw(database.set(call.probe(2), target, result, Entry.NEVER));
      call.event(EventClass.STRING, "set", call.probe(2));
    } else if (target != null) {
      database.remove(target);
      call.event(EventClass.GENERIC, "del", call.probe(2));
    }
  }

  private static byte[] combine(Operation operation, Bitmap[] bitmaps, int length) {
    return switch (operation) {
      case AND -> fold(Word.AND, bitmaps, bitmaps[0].copy(length));
      case OR -> fold(Word.OR, bitmaps, bitmaps[0].copy(length));
      case XOR -> fold(Word.XOR, bitmaps, bitmaps[0].copy(length));
      case DIFF -> fold(Word.AND_NOT, bitmaps, bitmaps[0].copy(length));
      case NOT -> apply(Word.NOT, new byte[length], bitmaps[0]);
      case DIFF1 -> apply(Word.AND_NOT, fold(Word.OR, bitmaps, new byte[length]), bitmaps[0]);
      case ANDOR -> apply(Word.AND, fold(Word.OR, bitmaps, new byte[length]), bitmaps[0]);
      case ONE -> one(bitmaps, length);
    };
  }

  private static byte[] one(Bitmap[] bitmaps, int length) {
    byte[] any = bitmaps[0].copy(length);
    byte[] several = new byte[length];
    for (int i = 1; i < bitmaps.length; i++) {
      byte[] again = bitmaps[i].copy(length);
      apply(Word.AND, again, new Bitmap(any, length));
      apply(Word.OR, several, new Bitmap(again, length));
      apply(Word.OR, any, bitmaps[i]);
    }
    return apply(Word.AND_NOT, any, new Bitmap(several, length));
  }

  /** Works all bitmaps but the first one into the target. */
  private static byte[] fold(Word operation, Bitmap[] bitmaps, byte[] target) {
    for (int i = 1; i < bitmaps.length; i++) {
      apply(operation, target, bitmaps[i]);
    }
    return target;
  }

  /** What is done with the bits of a target and of a bitmap. */
  private enum Word {
    AND,
    OR,
    XOR,
    AND_NOT,
    NOT
  }

  /** Works a bitmap into the target, which is at least as long. */
  private static byte[] apply(Word operation, byte[] target, Bitmap bitmap) {
    byte[] bytes = bitmap.bytes;
    int words = bitmap.length / 8 * 8;
    switch (operation) {
      case AND -> {
        for (int i = 0; i < words; i += 8) {
          LONG.set(target, i, (long) LONG.get(target, i) & (long) LONG.get(bytes, i));
        }
      }
      case OR -> {
        for (int i = 0; i < words; i += 8) {
          LONG.set(target, i, (long) LONG.get(target, i) | (long) LONG.get(bytes, i));
        }
      }
      case XOR -> {
        for (int i = 0; i < words; i += 8) {
          LONG.set(target, i, (long) LONG.get(target, i) ^ (long) LONG.get(bytes, i));
        }
      }
      case AND_NOT -> {
        for (int i = 0; i < words; i += 8) {
          LONG.set(target, i, (long) LONG.get(target, i) & ~(long) LONG.get(bytes, i));
        }
      }
      case NOT -> {
        for (int i = 0; i < words; i += 8) {
          LONG.set(target, i, ~(long) LONG.get(bytes, i));
        }
      }
    }
    applyRest(operation, target, bitmap, words);
    return target;
  }

  private static void applyRest(Word operation, byte[] target, Bitmap bitmap, int from) {
    for (int i = from; i < bitmap.length; i++) {
      int with = bitmap.bytes[i];
      target[i] =
          (byte)
              switch (operation) {
                case AND -> target[i] & with;
                case OR -> target[i] | with;
                case XOR -> target[i] ^ with;
                case AND_NOT -> target[i] & ~with;
                case NOT -> ~with;
              };
    }
    if (operation == Word.AND) {
      Arrays.fill(target, bitmap.length, target.length, (byte) 0);
    }
  }
}
