package dev.redistill.command;

import dev.redistill.resp.Request;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of a command: the line of its table. Built once at start by {@link
 * #read}, {@link #write} or {@link #other} and finished by {@link #run} or {@link #container}.
 */
public final class Command {

  /** How the dispatcher runs a command. */
  enum Access {
    /** Touches no keys, or takes the locks it needs itself. */
    FREE,
    /** Reads one key, without a lock where that is possible. */
    READ_ONE,
    /** Works on one key under its lock. */
    LOCK_ONE,
    /** Works on several keys under their locks. */
    LOCK_MANY
  }

  private final String name;
  private final Set<Flag> flags;
  private int arity = 1;
  private KeySpec keys = KeySpec.NONE;
  private @Nullable LockPlan plan;
  private boolean wholeDatabase;
  private boolean touches = true;
  private boolean quiet;
  private boolean brief;
  private boolean channels;
  private boolean repliesEvenIfOff;
  private boolean grows;
  private Handler handler = call -> {};
  private List<Command> subcommands = List.of();
  private Access access = Access.FREE;
  private int number;
  private final CommandStatistics statistics = new CommandStatistics();

  private Command(String name, Flag... flags) {
    this.name = name.toLowerCase(Locale.ROOT);
    this.flags = EnumSet.noneOf(Flag.class);
    this.flags.addAll(List.of(flags));
  }

  /** A command that reads keys. */
  public static Command read(String name) {
    return new Command(name, Flag.READONLY);
  }

  /** A command that may change keys. */
  public static Command write(String name) {
    return new Command(name, Flag.WRITE);
  }

  /** A command that is neither. */
  public static Command other(String name) {
    return new Command(name);
  }

  /** The number of arguments with the name, or if negative the least number. */
  public Command arity(int count) {
    arity = count;
    return this;
  }

  /** One key at this place. */
  public Command key(int place) {
    keys = KeySpec.one(place);
    return this;
  }

  /** Keys from {@code first} to {@code last}, which may be negative, {@code step} apart. */
  public Command keys(int first, int last, int step) {
    keys = new KeySpec(first, last, step, 0);
    return this;
  }

  /** Keys at places that the specification says. */
  public Command keys(KeySpec spec) {
    keys = spec;
    flags.add(Flag.MOVABLEKEYS);
    return this;
  }

  /** Channels at these places, which clients are told of as if they were keys. */
  public Command channels(int first, int last) {
    keys = new KeySpec(first, last, 1, 0);
    channels = true;
    return this;
  }

  /** Its replies are sent even to a client that wants none. */
  public Command repliesEvenIfOff() {
    repliesEvenIfOff = true;
    return this;
  }

  /** Runs under the locks that the plan collects. */
  public Command locks(LockPlan lockPlan) {
    plan = lockPlan;
    return this;
  }

  /** Works on the whole database, which a transaction that holds it therefore locks. */
  public Command wholeDatabase() {
    wholeDatabase = true;
    return this;
  }

  /** Reads its key without counting as a use of it. */
  public Command noTouch() {
    touches = false;
    return this;
  }

  /** Does not tell subscribers when its key is missing. */
  public Command quiet() {
    quiet = true;
    return this;
  }

  /**
   * Takes so little time that measuring each run would cost more than it tells: the runs of a turn
   * are measured together. Fast commands that work on one key or none are brief.
   */
  public Command brief() {
    brief = true;
    return this;
  }

  public Command fast() {
    return with(Flag.FAST);
  }

  public Command with(Flag... more) {
    flags.addAll(List.of(more));
    return this;
  }

  /** Finishes the command with its behaviour. */
  public Command run(Handler behaviour) {
    handler = behaviour;
    grows = is(Flag.DENYOOM);
    if (channels) {
      access = Access.FREE;
    } else if (plan != null || keys.counter() > 0 || keys.last() != keys.first()) {
      access = Access.LOCK_MANY;
    } else if (keys.first() > 0) {
      access = is(Flag.WRITE) ? Access.LOCK_ONE : Access.READ_ONE;
    }
    brief |= is(Flag.FAST) && access != Access.LOCK_MANY;
    return this;
  }

  /** Finishes the command as one that consists of subcommands. */
  public Command container(Command... parts) {
    subcommands = List.of(parts).stream().map(part -> part.named(name + "|" + part.name)).toList();
    return this;
  }

  /** The same command with counts of its own, for one server. */
  Command fresh() {
    Command copy = named(name);
    copy.subcommands = subcommands.stream().map(Command::fresh).toList();
    return copy;
  }

  private Command named(String fullName) {
    Command renamed = new Command(fullName, flags.toArray(Flag[]::new));
    renamed.arity = arity;
    renamed.keys = keys;
    renamed.plan = plan;
    renamed.wholeDatabase = wholeDatabase;
    renamed.touches = touches;
    renamed.quiet = quiet;
    renamed.brief = brief;
    renamed.channels = channels;
    renamed.repliesEvenIfOff = repliesEvenIfOff;
    renamed.subcommands = subcommands;
    return renamed.run(handler);
  }

  /** The name in lower case; of a subcommand {@code container|subcommand}. */
  public String name() {
    return name;
  }

  public int arity() {
    return arity;
  }

  public Set<Flag> flags() {
    return flags;
  }

  public boolean is(Flag flag) {
    return flags.contains(flag);
  }

  public KeySpec keys() {
    return keys;
  }

  public List<Command> subcommands() {
    return subcommands;
  }

  /** The subcommand that a request names, or null if there is none. */
  @Nullable Command subcommand(Request request) {
    int offset = name.length() + 1;
    for (Command part : subcommands) {
      if (request.count() > 1 && request.is(1, part.name.substring(offset))) {
        return part;
      }
    }
    return null;
  }

  /** The number by which access lists know it. */
  public int number() {
    return number;
  }

  void number(int given) {
    number = given;
  }

  /** How often it was called and how long that took. */
  public CommandStatistics statistics() {
    return statistics;
  }

  boolean isRepliedEvenIfOff() {
    return repliesEvenIfOff;
  }

  /** Whether it may take memory, and is refused when there is none. */
  boolean grows() {
    return grows;
  }

  boolean isBrief() {
    return brief;
  }

  @Nullable LockPlan plan() {
    return plan;
  }

  boolean isWholeDatabase() {
    return wholeDatabase;
  }

  boolean touches() {
    return touches;
  }

  boolean isQuiet() {
    return quiet;
  }

  Access access() {
    return access;
  }

  Handler handler() {
    return handler;
  }

  /** Whether it takes so many arguments, its name included. */
  public boolean accepts(int count) {
    return arity >= 0 ? count == arity : count >= -arity;
  }
}
