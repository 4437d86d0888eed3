package dev.redistill.commands;

import dev.redistill.auth.Name;
import dev.redistill.auth.Reason;
import dev.redistill.auth.Selector;
import dev.redistill.auth.User;
import dev.redistill.command.Command;
import dev.redistill.command.Flag;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.Request;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a user may run a command with its keys and channels. Used by one thread, once. */
final class Permissions {

  /**
   * Why a command may not run.
   *
   * @param place where the key or channel stands in the request
   */
  record Refusal(Reason reason, int place) {

    /** Whether another selector came further before it refused: that is what is told. */
    boolean isBefore(Refusal other) {
      int order = reason.compareTo(other.reason);
      return order < 0 || (order == 0 && place < other.place);
    }
  }

  private static final int SHOWN = 1024;

  private final Command command;
  private final Request request;
  private final int from;
  private @Nullable List<KeyPlaces.KeyUse> keys;

  /**
   * Looks at a request.
   *
   * @param from the place of the command's name in it
   */
  Permissions(Command command, Request request, int from) {
    this.command = command;
    this.request = request;
    this.from = from;
  }

  /** Says why a user may not, or null if one of its selectors allows it all. */
  @Nullable Refusal check(User user) {
    Refusal furthest = new Refusal(Reason.COMMAND, 0);
    for (Selector selector : user.selectors()) {
      Refusal refusal = check(selector);
      if (refusal == null) {
        return null;
      }
      if (furthest.isBefore(refusal)) {
        furthest = refusal;
      }
    }
    return furthest;
  }

  private @Nullable Refusal check(Selector selector) {
    if (!command.is(Flag.NO_AUTH) && !selector.allowsCommand(command.number(), firstArgument())) {
      return new Refusal(Reason.COMMAND, 0);
    }
    Refusal refusal = selector.allowsAllKeys() ? null : checkKeys(selector);
    return refusal != null || selector.allowsAllChannels() ? refusal : checkChannels(selector);
  }

  /** The first argument behind the name of the command or subcommand. */
  private @Nullable String firstArgument() {
    int place = from + (command.name().indexOf('|') < 0 ? 1 : 2);
    return place < request.count() ? request.text(place).toLowerCase(Locale.ROOT) : null;
  }

  private @Nullable Refusal checkKeys(Selector selector) {
    if (keys == null) {
      keys = KeyPlaces.find(command, request, from);
    }
    for (KeyPlaces.KeyUse key : keys) {
      if (!selector.allowsKey(name(key.place()), key.reads(), key.writes())) {
        return new Refusal(Reason.KEY, key.place());
      }
    }
    return null;
  }

  private @Nullable Refusal checkChannels(Selector selector) {
    return switch (command.name()) {
      case "publish", "spublish" -> checkChannels(selector, from + 2, false);
      case "subscribe", "ssubscribe" -> checkChannels(selector, request.count(), false);
      case "psubscribe" -> checkChannels(selector, request.count(), true);
      default -> null;
    };
  }

  private @Nullable Refusal checkChannels(Selector selector, int end, boolean patterns) {
    for (int place = from + 1; place < Math.min(end, request.count()); place++) {
      Name name = name(place);
      if (!(patterns ? selector.allowsChannelPattern(name) : selector.allowsChannel(name))) {
        return new Refusal(Reason.CHANNEL, place);
      }
    }
    return null;
  }

  private Name name(int place) {
    return new Name(request.buffer(), request.offset(place), request.length(place));
  }

  /** What was refused, as the log of the access list shows it. */
  String object(Refusal refusal) {
    return switch (refusal.reason()) {
      case COMMAND, AUTH, TLS_CERT -> command.name();
      case KEY, CHANNEL -> beginning(refusal.place());
    };
  }

  private String beginning(int place) {
    int length = Math.min(request.length(place), SHOWN);
    return Ascii.text(request.buffer(), request.offset(place), length);
  }
}
