package dev.redistill.commands;

import dev.redistill.command.Call;
import dev.redistill.command.EventClass;
import dev.redistill.config.Config;
import dev.redistill.config.Settings;
import dev.redistill.resp.Ascii;
import dev.redistill.store.Entry;
import dev.redistill.store.Field;
import dev.redistill.store.Probe;
import dev.redistill.store.SetEdit;
import dev.redistill.store.SetLimits;
import dev.redistill.store.SetValue;
import org.jspecify.annotations.Nullable;

/** What the commands on sets have in common. */
final class Sets {

  private Sets() {}

  /** Whether a member is an integer in decimal. */
  static boolean isInteger(Field member) {
    return Ascii.isLong(member.nameBytes(), member.nameOffset(), member.nameLength());
  }

  static SetLimits limits(Call call) {
    Config config = call.services().config();
    return new SetLimits(
        config.number(Settings.SET_MAX_INTSET_ENTRIES),
        config.number(Settings.SET_MAX_LISTPACK_ENTRIES),
        config.number(Settings.SET_MAX_LISTPACK_VALUE));
  }

  /** The set of an entry, one without members for none. */
  static SetValue of(@Nullable Entry entry) {
    return Call.set(entry == null ? null : entry.value());
  }

  /** Begins to change the set of the first key. */
  static SetEdit edit(Call call) {
    SetValue unused = call.set();
    return new SetEdit(call.database(), call.key(), call.entry(), limits(call));
  }

  /** Makes the removal of members of the first key seen, and publishes its events. */
  static void commitRemoval(Call call, SetEdit edit, String event) {
    boolean left = edit.commit();
    publishRemoval(call, call.key(), event, left);
  }

  /** Publishes that members of a key were removed, and the key with the last of them. */
  static void publishRemoval(Call call, Probe key, String event, boolean left) {
    call.event(EventClass.SET, event, key);
    if (!left) {
      call.event(EventClass.GENERIC, "del", key);
    }
  }

  /** Replies all members. */
  static void reply(Call call, SetValue set) {
    call.reply().set(set.size());
    set.forEach(member -> Hashes.replyName(call.reply(), member));
  }
}
