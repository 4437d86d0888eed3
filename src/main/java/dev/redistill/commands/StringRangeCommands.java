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
import dev.redistill.resp.Request;
import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.Text;
import java.util.List;

/** Parts of strings. */
final class StringRangeCommands {

  static final List<Command> TABLE =
      List.of(
          write("APPEND")
              .arity(3)
              .key(1)
              .with(Flag.DENYOOM)
              .fast()
              .run(StringRangeCommands::append),
          read("GETRANGE").arity(4).key(1).run(StringRangeCommands::getrange),
          write("SETRANGE").arity(4).key(1).with(Flag.DENYOOM).run(StringRangeCommands::setrange),
          read("STRLEN").arity(2).key(1).fast().run(StringRangeCommands::strlen),
          read("SUBSTR").arity(4).key(1).run(StringRangeCommands::getrange));

  private static final CommandException OFFSET_OUT_OF_RANGE =
      new CommandException("ERR offset is out of range");
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private StringRangeCommands() {}

  /** APPEND key value. The new length; a missing key is created. */
  private static void append(Call call) {
    Object text = call.text();
    Entry entry = call.entry();
    if (text == null || entry == null) {
      call.database().set(call.key(), null, call.bytes(2), Entry.NEVER);
      call.event(EventClass.STRING, "append");
      call.reply().integer(call.request().length(2));
      return;
    }
    int length = Text.length(text);
    int size = size(call, length, call.request().length(2));
    insert(call, entry, length, size, 2);
    call.event(EventClass.STRING, "append");
    call.reply().integer(size);
  }

  /**
   * GETRANGE key start end, SUBSTR key start end. The part with both ends; negative counts from the
   * end.
   */
  private static void getrange(Call call) {
    Arguments arguments = call.arguments().skip(1);
    long start = arguments.nextLong();
    long end = arguments.nextLong();
    Object text = call.text();
    int length = text == null ? 0 : Text.length(text);
    boolean backwards = start < 0 && end < 0 && start > end;
    long first = Math.max(start < 0 ? length + start : start, 0);
    long last = Math.min(Math.max(end < 0 ? length + end : end, 0), length - 1L);
    if (text == null || backwards || first > last) {
      call.reply().bulk("");
    } else {
      StringCommands.reply(call.reply(), text, (int) first, (int) (last - first + 1));
    }
  }

  /**
   * SETRANGE key offset value. The new length; what lies before the offset is filled with zero
   * bytes.
   */
  private static void setrange(Call call) {
    long offset = call.arguments().skip(1).nextLong();
    if (offset < 0) {
      throw OFFSET_OUT_OF_RANGE;
    }
    Object text = call.text();
    Entry entry = call.entry();
    int length = text == null ? 0 : Text.length(text);
    int added = call.request().length(3);
    if (added == 0) {
      call.reply().integer(length);
      return;
    }
    int size = size(call, offset, added);
    if (entry == null) {
      byte[] value = new byte[size];
      copy(call.request(), 3, value, (int) offset);
      create(call, value);
    } else {
      insert(call, entry, (int) offset, size, 3);
    }
    call.event(EventClass.STRING, "setrange");
    call.reply().integer(Math.max(size, length));
  }

  /** STRLEN key. The length, 0 for a missing key. */
  private static void strlen(Call call) {
    Object text = call.text();
    call.reply().integer(text == null ? 0 : Text.length(text));
  }

  /** Writes an argument into the string of an entry, which will have at least this size. */
  private static void insert(Call call, Entry entry, int offset, int size, int place) {
    Database database = call.database();
    byte[] draft = database.draft(entry, size);
    copy(call.request(), place, draft, offset);
    database.commit(entry, draft, size);
  }

  /** Makes the first key, which is missing, with a string that will be changed in place. */
  static void create(Call call, byte[] value) {
    Database database = call.database();
    database.markRaw(database.set(call.key(), null, Text.inPlace(value), Entry.NEVER));
  }

  private static void copy(Request request, int place, byte[] target, int at) {
    System.arraycopy(request.buffer(), request.offset(place), target, at, request.length(place));
  }

  /** The size of a string that holds so many bytes at an offset, if it may be that long. */
  private static int size(Call call, long offset, int length) {
    long size = offset + length;
    if (size < 0 || size > longest(call)) {
      throw CommandException.TOO_LONG;
    }
    return (int) size;
  }

  /** The length that no string may exceed. */
  static long longest(Call call) {
    long limit = call.services().config().bytes(Settings.PROTO_MAX_BULK_LEN);
    return Math.min(limit, LONGEST_ARRAY);
  }
}
