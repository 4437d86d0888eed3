package dev.redistill.commands;

import static dev.redistill.command.Command.other;
import static dev.redistill.command.Command.read;
import static dev.redistill.command.Command.write;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.EventClass;
import dev.redistill.command.Flag;
import dev.redistill.command.Shutdown;
import dev.redistill.config.Settings;
import dev.redistill.snapshot.Dump;
import dev.redistill.snapshot.HashLimits;
import dev.redistill.snapshot.RdbException;
import dev.redistill.snapshot.Snapshots;
import dev.redistill.snapshot.Usage;
import dev.redistill.snapshot.UsageKind;
import dev.redistill.snapshot.ValueLimits;
import dev.redistill.store.Entry;
import dev.redistill.store.KeyLoader;
import dev.redistill.store.Probe;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Snapshots of all keys, and single values as a snapshot holds them. */
final class SnapshotCommands {

  static final List<Command> TABLE =
      List.of(
          other("SAVE")
              .arity(1)
              .with(Flag.ADMIN, Flag.NOSCRIPT, Flag.NO_ASYNC_LOADING, Flag.NO_MULTI)
              .run(SnapshotCommands::save),
          other("BGSAVE")
              .arity(-1)
              .with(Flag.ADMIN, Flag.NOSCRIPT, Flag.NO_ASYNC_LOADING)
              .run(SnapshotCommands::begin),
          other("LASTSAVE")
              .arity(1)
              .with(Flag.LOADING, Flag.STALE)
              .fast()
              .run(SnapshotCommands::lastSave),
          read("DUMP").arity(2).key(1).run(SnapshotCommands::dump),
          write("RESTORE").arity(-4).key(1).with(Flag.DENYOOM).run(SnapshotCommands::restore));

  private static final CommandException IN_PROGRESS =
      new CommandException("ERR Background save already in progress");
  private static final CommandException FAILED =
      new CommandException("ERR the snapshot could not be written, the log says why");
  private static final CommandException NONE_TO_CANCEL =
      new CommandException("ERR Background saving is currently not in progress or scheduled");
  private static final CommandException BUSY_KEY =
      new CommandException("BUSYKEY Target key name already exists.");
  private static final CommandException INVALID_TTL =
      new CommandException("ERR Invalid TTL value, must be >= 0");
  private static final CommandException INVALID_IDLE =
      new CommandException("ERR Invalid IDLETIME value, must be >= 0");
  private static final CommandException INVALID_FREQUENCY =
      new CommandException("ERR Invalid FREQ value, must be >= 0 and <= 255");
  private static final CommandException WRONG_CHECKSUM =
      new CommandException("ERR DUMP payload version or checksum are wrong");
  private static final CommandException BAD_DATA = new CommandException("ERR Bad data format");

  /** How RESTORE restores. */
  private record RestoreOptions(boolean replace, boolean absolute, Usage usage) {

    static RestoreOptions read(Arguments arguments) {
      boolean replace = false;
      boolean absolute = false;
      long idle = -1;
      long frequency = -1;
      while (arguments.hasNext()) {
        if (arguments.take("REPLACE")) {
          replace = true;
        } else if (arguments.take("ABSTTL")) {
          absolute = true;
        } else if (arguments.left() > 1 && frequency < 0 && arguments.take("IDLETIME")) {
          idle = between(arguments.nextLong(), Long.MAX_VALUE, INVALID_IDLE);
        } else if (arguments.left() > 1 && idle < 0 && arguments.take("FREQ")) {
          frequency = between(arguments.nextLong(), 255, INVALID_FREQUENCY);
        } else {
          throw CommandException.SYNTAX;
        }
      }
      return new RestoreOptions(replace, absolute, new Usage(idle, (int) frequency));
    }

    private static long between(long value, long most, CommandException otherwise) {
      if (value < 0 || value > most) {
        throw otherwise;
      }
      return value;
    }
  }

  private SnapshotCommands() {}

  /** SAVE. Returns when the snapshot is on the disk; other clients are served meanwhile. */
  private static void save(Call call) {
    CompletableFuture<Boolean> result = call.services().snapshots().begin();
    if (result == null) {
      throw IN_PROGRESS;
    }
    if (!Shutdown.await(result)) {
      throw FAILED;
    }
    call.reply().ok();
  }

  /** BGSAVE [SCHEDULE | CANCEL]. Begins a snapshot or, since Valkey 8.1, ends the one begun. */
  private static void begin(Call call) {
    Arguments arguments = call.arguments();
    Snapshots snapshots = call.services().snapshots();
    if (arguments.take("CANCEL")) {
      arguments.end();
      if (!snapshots.cancel()) {
        throw NONE_TO_CANCEL;
      }
      call.reply().simple("Background saving cancelled");
      return;
    }
    boolean unused = arguments.take("SCHEDULE");
    arguments.end();
    if (snapshots.begin() == null) {
      throw IN_PROGRESS;
    }
    call.reply().simple("Background saving started");
  }

  /** LASTSAVE. The Unix time of the last good snapshot, or else of the start of the server. */
  private static void lastSave(Call call) {
    call.reply().integer(call.services().snapshots().savedAt() / 1000);
  }

  /** DUMP key. The value as RESTORE takes it, or nil; since 2.6. */
  private static void dump(Call call) {
    Object value = call.value();
    if (value == null) {
      call.reply().nil();
    } else {
      call.reply().bulk(Dump.write(value));
    }
  }

  /**
   * RESTORE key ttl value [REPLACE] [ABSTTL] [IDLETIME seconds] [FREQ frequency]. Sets a key to
   * what DUMP told; since 2.6.
   */
  private static void restore(Call call) {
    RestoreOptions options = RestoreOptions.read(call.arguments().skip(3));
    Entry existing = call.entry();
    if (existing != null && !options.replace()) {
      throw BUSY_KEY;
    }
    long ttl = call.arguments().longAt(2, CommandException.NOT_AN_INTEGER);
    if (ttl < 0) {
      throw INVALID_TTL;
    }
    byte[] dumped = call.bytes(3);
    if (!Dump.isIntact(dumped)) {
      throw WRONG_CHECKSUM;
    }
    Object value = value(call, dumped);
    if (existing != null) {
      call.database().remove(existing);
    }
    long expireAt = ttl == 0 ? Entry.NEVER : options.absolute() ? ttl : call.now() + ttl;
    if (expireAt >= call.now()) {
      UsageKind wanted =
          call.services().memory().policy().isFrequency() ? UsageKind.FREQUENCY : UsageKind.IDLE;
      Probe key = new Probe().set(call.bytes(1));
      int access = options.usage().access(wanted, call.now());
      boolean unused = KeyLoader.load(call.database(), key, value, expireAt, access);
      call.event(EventClass.GENERIC, "restore");
    } else if (existing != null) {
      call.event(EventClass.GENERIC, "del");
    }
    call.reply().ok();
  }

  private static Object value(Call call, byte[] dumped) {
    HashLimits hashes =
        new HashLimits(
            call.services().config().number(Settings.HASH_MAX_LISTPACK_ENTRIES),
            call.services().config().number(Settings.HASH_MAX_LISTPACK_VALUE));
    try {
      return Dump.read(dumped, new ValueLimits(hashes, Sets.limits(call)), call.now());
    } catch (RdbException e) {
      throw BAD_DATA;
    }
  }
}
