package dev.redistill.commands;

import static dev.redistill.command.Command.read;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.config.Settings;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.store.Entry;
import dev.redistill.store.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LCS key key [LEN] [IDX] [MINMATCHLEN length] [WITHMATCHLEN]. The longest common subsequence of
 * two strings; with LEN its length; with IDX a map of the ranges that match and the length. Since
 * Redis 7.0.
 */
final class LcsCommand {

  static final List<Command> TABLE =
      List.of(read("LCS").arity(-3).keys(1, 2, 1).run(LcsCommand::run));

  private static final byte[] EMPTY = new byte[0];
  private static final CommandException NO_STRINGS =
      new CommandException("ERR The specified keys must contain string values");
  private static final CommandException AMBIGUOUS =
      new CommandException("ERR If you want both the length and indexes, please just use IDX.");
  private static final CommandException TOO_LARGE =
      new CommandException(
          "ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len");

  private boolean length;
  private boolean ranges;
  private boolean rangeLengths;
  private long shortest;

  private LcsCommand() {}

  private static void run(Call call) {
    Entry one = call.read(1);
    Entry other = call.read(2);
    byte[] first = string(one);
    byte[] second = string(other);
    LcsCommand command = new LcsCommand();
    command.take(call.arguments().skip(2));
    checkSize(call, first, second);
    boolean walkable = command.ranges || !command.length;
    CommonSubsequence common = new CommonSubsequence(first, second, walkable);
    if (command.ranges) {
      command.replyRanges(call.reply(), common);
    } else if (command.length) {
      call.reply().integer(common.length());
    } else {
      call.reply().bulk(text(first, common));
    }
  }

  private static byte[] string(@Nullable Entry entry) {
    if (entry == null) {
      return EMPTY;
    }
    if (!Text.isText(entry.value())) {
      throw NO_STRINGS;
    }
    return Text.exact(entry.value());
  }

  /** Refuses what would take Redis more memory than it allows, although it takes less here. */
  private static void checkSize(Call call, byte[] first, byte[] second) {
    long cells = (first.length + 1L) * (second.length + 1L);
    if (cells > call.services().config().bytes(Settings.PROTO_MAX_BULK_LEN) / Integer.BYTES) {
      throw TOO_LARGE;
    }
  }

  private void take(Arguments arguments) {
    while (arguments.hasNext()) {
      if (arguments.take("IDX")) {
        ranges = true;
      } else if (arguments.take("LEN")) {
        length = true;
      } else if (arguments.take("WITHMATCHLEN")) {
        rangeLengths = true;
      } else if (arguments.take("MINMATCHLEN")) {
        shortest = arguments.nextLong();
      } else {
        throw CommandException.SYNTAX;
      }
    }
    if (length && ranges) {
      throw AMBIGUOUS;
    }
  }

  private static byte[] text(byte[] first, CommonSubsequence common) {
    byte[] text = new byte[common.length()];
    int[] at = {text.length};
    common.walk((i, j) -> text[--at[0]] = first[i]);
    return text;
  }

  private void replyRanges(ReplyWriter reply, CommonSubsequence common) {
    List<Range> found = new ArrayList<>();
    common.walk((i, j) -> add(found, i, j));
    found.removeIf(range -> range.length < shortest);
    reply.map(2);
    reply.bulk("matches");
    reply.array(found.size());
    for (Range range : found) {
      reply.array(rangeLengths ? 3 : 2);
      bounds(reply, range.first, range.length);
      bounds(reply, range.second, range.length);
      if (rangeLengths) {
        reply.integer(range.length);
      }
    }
    reply.bulk("len");
    reply.integer(common.length());
  }

  /** Adds a pair to the range that begins right behind it, or as a new range. */
  private static void add(List<Range> ranges, int first, int second) {
    int last = ranges.size() - 1;
    if (last >= 0 && ranges.get(last).follows(first, second)) {
      ranges.set(last, new Range(first, second, ranges.get(last).length + 1));
    } else {
      ranges.add(new Range(first, second, 1));
    }
  }

  private static void bounds(ReplyWriter reply, int from, int length) {
    reply.array(2);
    reply.integer(from);
    reply.integer(from + length - 1L);
  }

  /**
   * A part that both strings have in common.
   *
   * @param first where it begins in the first string
   * @param second where it begins in the second string
   * @param length its length
   */
  private record Range(int first, int second, int length) {

    boolean follows(int inFirst, int inSecond) {
      return first == inFirst + 1 && second == inSecond + 1;
    }
  }
}
