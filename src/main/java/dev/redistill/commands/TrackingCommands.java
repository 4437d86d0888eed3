package dev.redistill.commands;

import static dev.redistill.commands.ClientCommands.own;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.Session;
import dev.redistill.resp.Ascii;
import dev.redistill.tracking.Tracker;
import dev.redistill.tracking.TrackingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The subcommands of CLIENT about client-side caching. */
final class TrackingCommands {

  private static final CommandException NOT_TRACKING =
      new CommandException(
          "ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or"
              + " OPTOUT mode enabled");
  private static final CommandException NOT_OPT_IN =
      new CommandException(
          "ERR CLIENT CACHING YES is only valid when tracking is enabled in OPTIN mode.");
  private static final CommandException NOT_OPT_OUT =
      new CommandException(
          "ERR CLIENT CACHING NO is only valid when tracking is enabled in OPTOUT mode.");
  private static final CommandException REDIRECTED_TWICE =
      new CommandException("ERR A client can only redirect to a single other client");
  private static final CommandException NO_SUCH_CLIENT =
      new CommandException("ERR The client ID you want redirect to does not exist");
  private static final CommandException PREFIX_WITHOUT_BROADCAST =
      new CommandException("ERR PREFIX option requires BCAST mode to be enabled");
  private static final CommandException SWITCHES_BROADCAST =
      new CommandException(
          "ERR You can't switch BCAST mode on/off before disabling tracking for this client, and"
              + " then re-enabling it with a different mode.");
  private static final CommandException OPTS_WITH_BROADCAST =
      new CommandException("ERR OPTIN and OPTOUT are not compatible with BCAST");
  private static final CommandException BOTH_OPTS =
      new CommandException("ERR You can't specify both OPTIN mode and OPTOUT mode");
  private static final CommandException SWITCHES_OPTS =
      new CommandException(
          "ERR You can't switch OPTIN/OPTOUT mode before disabling tracking for this client, and"
              + " then re-enabling it with a different mode.");

  private TrackingCommands() {}

  static Command caching() {
    return own("CACHING").arity(3).run(TrackingCommands::caching);
  }

  static Command redirection() {
    return own("GETREDIR").arity(2).run(call -> call.reply().integer(redirect(call.session())));
  }

  static Command tracking() {
    return own("TRACKING").arity(-3).run(TrackingCommands::tracking);
  }

  static Command info() {
    return own("TRACKINGINFO").arity(2).run(TrackingCommands::info);
  }

  /**
   * CLIENT TRACKING ON | OFF [REDIRECT id] [PREFIX prefix [PREFIX prefix ...]] [BCAST] [OPTIN]
   * [OPTOUT] [NOLOOP]. OK; while on, the client hears when keys change that it has read or, with
   * BCAST, that begin with a prefix. Since 6.0.
   */
  private static void tracking(Call call) {
    Arguments arguments = call.arguments().skip(1);
    int onOrOff = arguments.next();
    TrackingMode mode = mode(call, arguments);
    if (call.request().is(onOrOff, "ON")) {
      check(mode, call.session().messaging().tracker());
      call.session().track(mode);
    } else if (call.request().is(onOrOff, "OFF")) {
      call.session().untrack();
    } else {
      throw CommandException.SYNTAX;
    }
    call.reply().ok();
  }

  private static TrackingMode mode(Call call, Arguments arguments) {
    long redirect = 0;
    boolean broadcast = false;
    boolean optIn = false;
    boolean optOut = false;
    boolean noLoop = false;
    List<byte[]> prefixes = new ArrayList<>();
    while (arguments.hasNext()) {
      if (arguments.left() > 1 && arguments.take("REDIRECT")) {
        redirect = redirect(call, arguments, redirect);
      } else if (arguments.take("BCAST")) {
        broadcast = true;
      } else if (arguments.take("OPTIN")) {
        optIn = true;
      } else if (arguments.take("OPTOUT")) {
        optOut = true;
      } else if (arguments.take("NOLOOP")) {
        noLoop = true;
      } else if (arguments.left() > 1 && arguments.take("PREFIX")) {
        prefixes.add(arguments.nextBytes());
      } else {
        throw CommandException.SYNTAX;
      }
    }
    return new TrackingMode(redirect, broadcast, optIn, optOut, noLoop, prefixes);
  }

  private static long redirect(Call call, Arguments arguments, long before) {
    if (before != 0) {
      throw REDIRECTED_TWICE;
    }
    long redirect = arguments.nextLong();
    if (call.services().sessions().find(redirect) == null) {
      throw NO_SUCH_CLIENT;
    }
    return redirect;
  }

  /** Whether a mode is possible at all, and after the one that the client has been in. */
  private static void check(TrackingMode mode, @Nullable Tracker before) {
    if (!mode.broadcast() && !mode.prefixes().isEmpty()) {
      throw PREFIX_WITHOUT_BROADCAST;
    }
    TrackingMode old = before == null ? mode : before.mode();
    if (old.broadcast() != mode.broadcast()) {
      throw SWITCHES_BROADCAST;
    }
    if (mode.broadcast() && (mode.optIn() || mode.optOut())) {
      throw OPTS_WITH_BROADCAST;
    }
    if (mode.optIn() && mode.optOut()) {
      throw BOTH_OPTS;
    }
    if ((mode.optIn() && old.optOut()) || (mode.optOut() && old.optIn())) {
      throw SWITCHES_OPTS;
    }
    checkPrefixes(mode.prefixes(), before == null ? new TreeSet<>() : before.prefixes());
  }

  private static void checkPrefixes(List<byte[]> prefixes, SortedSet<String> present) {
    List<String> names =
        prefixes.stream().map(prefix -> Ascii.text(prefix, 0, prefix.length)).toList();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      for (String other : present) {
        refuseOverlap(name, "an existing prefix", other);
      }
      for (String other : names.subList(i + 1, names.size())) {
        refuseOverlap(name, "another provided prefix", other);
      }
    }
  }

  private static void refuseOverlap(String name, String what, String other) {
    if (name.startsWith(other) || other.startsWith(name)) {
      throw new CommandException(
          "ERR Prefix '"
              + name
              + "' overlaps with "
              + what
              + " '"
              + other
              + "'. Prefixes for a single client must not overlap.");
    }
  }

  /** CLIENT CACHING YES | NO. OK; what the next command reads is tracked, or not. Since 6.0. */
  private static void caching(Call call) {
    Tracker tracker = call.session().messaging().tracker();
    if (tracker == null) {
      throw NOT_TRACKING;
    }
    Arguments arguments = call.arguments().skip(1);
    if (arguments.take("YES")) {
      require(tracker.mode().optIn(), NOT_OPT_IN);
    } else if (arguments.take("NO")) {
      require(tracker.mode().optOut(), NOT_OPT_OUT);
    } else {
      throw CommandException.SYNTAX;
    }
    call.session().caching(true);
    call.reply().ok();
  }

  private static void require(boolean holds, CommandException otherwise) {
    if (!holds) {
      throw otherwise;
    }
  }

  /**
   * The client that hears of changes instead of a session: 0 if it does so itself, -1 if it does
   * not track.
   */
  static long redirect(Session session) {
    Tracker tracker = session.messaging().tracker();
    return tracker == null ? -1 : tracker.mode().redirect();
  }

  /** CLIENT TRACKINGINFO. A map of what CLIENT TRACKING and CACHING have set. Since 6.2. */
  private static void info(Call call) {
    Tracker tracker = call.session().messaging().tracker();
    List<String> flags = tracker == null ? List.of("off") : flags(tracker);
    call.reply().map(3);
    call.reply().bulk("flags");
    call.reply().set(flags.size());
    flags.forEach(call.reply()::bulk);
    call.reply().bulk("redirect");
    call.reply().integer(redirect(call.session()));
    call.reply().bulk("prefixes");
    SortedSet<String> prefixes = tracker == null ? new TreeSet<>() : tracker.prefixes();
    call.reply().array(prefixes.size());
    prefixes.forEach(call.reply()::bulk);
  }

  private static List<String> flags(Tracker tracker) {
    TrackingMode mode = tracker.mode();
    List<String> flags = new ArrayList<>();
    flags.add("on");
    add(flags, mode.broadcast(), "bcast");
    add(flags, mode.optIn(), "optin");
    add(flags, mode.optIn() && tracker.isCaching(), "caching-yes");
    add(flags, mode.optOut(), "optout");
    add(flags, mode.optOut() && tracker.isCaching(), "caching-no");
    add(flags, mode.noLoop(), "noloop");
    add(flags, tracker.isBroken(), "broken_redirect");
    return flags;
  }

  private static void add(List<String> flags, boolean given, String flag) {
    if (given) {
      flags.add(flag);
    }
  }
}
