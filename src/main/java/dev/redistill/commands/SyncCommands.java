package dev.redistill.commands;

import static dev.redistill.command.Command.other;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.Copying;
import dev.redistill.command.Flag;
import dev.redistill.resp.Ascii;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * A copy of all keys over the connection, for {@code redis-cli --rdb}: the first part of what Redis
 * does for a replica. There are no replicas here, and whoever says that it is one is refused.
 */
final class SyncCommands {

  static final List<Command> TABLE =
      List.of(
          other("REPLCONF")
              .arity(-1)
              .with(Flag.ADMIN, Flag.NOSCRIPT, Flag.LOADING, Flag.STALE, Flag.ALLOW_BUSY)
              .run(SyncCommands::configure),
          other("SYNC")
              .arity(1)
              .with(Flag.ADMIN, Flag.NOSCRIPT, Flag.NO_ASYNC_LOADING, Flag.NO_MULTI)
              .run(SyncCommands::sync),
          other("PSYNC")
              .arity(-3)
              .with(Flag.ADMIN, Flag.NOSCRIPT, Flag.NO_ASYNC_LOADING, Flag.NO_MULTI)
              .run(SyncCommands::partialSync));

  private static final int MARK_BYTES = 20;
  private static final CommandException NOT_A_FLAG =
      new CommandException("ERR value is out of range, value must between 0 and 1");
  private static final CommandException NO_REPLICAS =
      new CommandException("ERR this server has no replicas; redis-cli --rdb gets a copy of it");

  private SyncCommands() {}

  /**
   * REPLCONF option value [option value ...]. Says what the client expects of a copy; here only
   * {@code capa eof} and {@code listening-port} matter.
   */
  private static void configure(Call call) {
    Arguments arguments = call.arguments();
    if (arguments.left() % 2 != 0) {
      throw CommandException.SYNTAX;
    }
    Copying copying = call.session().messaging().copying();
    while (arguments.hasNext()) {
      String option = arguments.nextText();
      switch (option.toLowerCase(Locale.ROOT)) {
        case "capa" -> capability(arguments, copying);
        case "listening-port" -> {
          long unused = arguments.nextLong();
          copying.replica();
        }
        case "rdb-only" -> {
          long flag = arguments.nextLong();
          if (flag < 0 || flag > 1) {
            throw NOT_A_FLAG;
          }
        }
        case "rdb-filter-only" -> requireNoFilter(arguments.nextText());
        case "ip-address", "version" -> {
          String unused = arguments.nextText();
        }
        case "ack", "getack" -> {
          return;
        }
        default -> throw new CommandException("ERR Unrecognized REPLCONF option: " + option);
      }
    }
    call.reply().ok();
  }

  private static void capability(Arguments arguments, Copying copying) {
    if (arguments.nextText().equalsIgnoreCase("eof")) {
      copying.knowsMarks();
    }
  }

  private static void requireNoFilter(String filter) {
    if (!filter.isBlank()) {
      throw new CommandException("ERR Unsupported rdb-filter-only option: " + filter);
    }
  }

  /**
   * SYNC. No reply but all keys as they are now in the form of a file, between two marks for who
   * said that it knows these, else behind its length. Then the connection ends, as in Redis for who
   * has said {@code rdb-only}: there are no changes here that could follow.
   */
  private static void sync(Call call) {
    copy(call, "");
  }

  /** PSYNC replication-id offset. The same; there is nothing here that a copy could be part of. */
  private static void partialSync(Call call) {
    Arguments arguments = call.arguments();
    int unused = arguments.next();
    long ignored = arguments.nextLong();
    arguments.end();
    copy(call, "+FULLRESYNC " + call.services().lifecycle().runId() + " 0\r\n");
  }

  private static void copy(Call call, String head) {
    Copying copying = call.session().messaging().copying();
    if (copying.hasBegun()) {
      return;
    }
    if (copying.isReplica()) {
      throw NO_REPLICAS;
    }
    String mark = copying.wantsSize() ? "" : mark(call);
    copying.begin();
    take(copying, mark.isEmpty() ? head : head + "$EOF:" + mark + "\r\n");
    CompletableFuture<Boolean> sent = call.services().snapshots().sendNext(copying);
    if (sent == null) {
      copying.fail();
      return;
    }
    var unused = sent.thenAccept(good -> end(copying, good, mark));
  }

  private static String mark(Call call) {
    byte[] random = new byte[MARK_BYTES];
    call.services().chance().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static void end(Copying copying, boolean good, String mark) {
    if (!good) {
      copying.fail();
      return;
    }
    take(copying, mark);
    copying.end();
  }

  private static void take(Copying copying, String text) {
    if (!text.isEmpty()) {
      copying.take(Ascii.bytes(text));
    }
  }
}
