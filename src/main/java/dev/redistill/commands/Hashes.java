package dev.redistill.commands;

import dev.redistill.command.Call;
import dev.redistill.command.EventClass;
import dev.redistill.config.Settings;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.resp.Request;
import dev.redistill.store.Entry;
import dev.redistill.store.Field;
import dev.redistill.store.HashEdit;
import dev.redistill.store.HashValue;

/** What the commands on hashes have in common. */
final class Hashes {

  private Hashes() {}

  /** Points a field to the name that is the argument at a place. */
  static Field named(Field field, Request request, int place) {
    return field.name(request.buffer(), request.offset(place), request.length(place));
  }

  /** The field that the argument at a place names. */
  static Field named(Call call, int place) {
    return named(new Field(), call.request(), place);
  }

  /** Points a field to the name and the value that stand at a place and behind it. */
  static Field pair(Field field, Request request, int place) {
    int value = place + 1;
    return named(field, request, place)
        .value(request.buffer(), request.offset(value), request.length(value));
  }

  /** How many bytes the arguments from one place to another take in a small hash. */
  static int packedSize(Request request, int from, int to) {
    int size = 0;
    for (int place = from; place < to; place++) {
      size += HashEdit.packedSize(request.length(place));
    }
    return size;
  }

  /** The hash of the first key without the fields that are due, for who looks at all of them. */
  static HashValue whole(Call call) {
    HashValue hash = call.hash();
    Entry entry = call.entry();
    if (entry == null || hash.earliest() >= call.now()) {
      return hash;
    }
    return call.database().removeDueFields(entry, call.now()) ? hash : HashValue.EMPTY;
  }

  /** Begins to change the hash of the first key. */
  static HashEdit edit(Call call) {
    HashValue unused = call.hash();
    return call.edit()
        .limit(
            call.services().config().number(Settings.HASH_MAX_LISTPACK_ENTRIES),
            call.services().config().number(Settings.HASH_MAX_LISTPACK_VALUE));
  }

  /** Makes a change of the first key seen that leaves fields, and publishes its event. */
  static void commit(Call call, HashEdit edit, String event) {
    boolean unused = edit.commit();
    call.event(EventClass.HASH, event);
  }

  /** Makes the removal of fields of the first key seen, and publishes its events. */
  static void commitRemoval(Call call, HashEdit edit) {
    boolean left = edit.commit();
    call.event(EventClass.HASH, "hdel");
    if (!left) {
      call.event(EventClass.GENERIC, "del");
    }
  }

  /** Replies the value of a field. */
  static void replyValue(ReplyWriter reply, Field field) {
    reply.bulk(field.valueBytes(), field.valueOffset(), field.valueLength());
  }

  /** Replies the name of a field. */
  static void replyName(ReplyWriter reply, Field field) {
    reply.bulk(field.nameBytes(), field.nameOffset(), field.nameLength());
  }
}
