package dev.redistill.commands;

import static dev.redistill.command.Command.write;

import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.EventClass;
import dev.redistill.command.Flag;
import dev.redistill.resp.Request;
import dev.redistill.store.Entry;
import dev.redistill.store.Field;
import dev.redistill.store.HashEdit;
import dev.redistill.store.HashValue;
import java.util.List;

/** Fields of hashes that are read or set together with when they expire. All since Redis 8.0. */
final class HashFieldCommands {

  static final List<Command> TABLE =
      List.of(
          write("HGETDEL").arity(-5).key(1).fast().run(HashFieldCommands::hgetdel),
          write("HGETEX").arity(-5).key(1).fast().run(HashFieldCommands::hgetex),
          write("HSETEX")
              .arity(-6)
              .key(1)
              .with(Flag.DENYOOM)
              .fast()
              .run(HashFieldCommands::hsetex));

  private HashFieldCommands() {}

  /** HGETDEL key FIELDS count field [field ...]. Their values, or nil; the fields are deleted. */
  private static void hgetdel(Call call) {
    HashValue unused = call.hash();
    FieldList fields = FieldList.read(call.arguments().skip(1));
    HashEdit edit = Hashes.edit(call);
    call.reply().array(fields.count());
    boolean removed = false;
    Field field = new Field();
    for (int place = fields.first(); place < fields.end(); place++) {
      if (replyFound(call, edit, Hashes.named(field, call.request(), place))) {
        removed |= edit.remove(Hashes.named(field, call.request(), place));
      }
    }
    if (removed) {
      Hashes.commitRemoval(call, edit);
    }
  }

  private static boolean replyFound(Call call, HashEdit edit, Field field) {
    boolean found = edit.find(field);
    if (found) {
      Hashes.replyValue(call.reply(), field);
    } else {
      call.reply().nil();
    }
    return found;
  }

  /**
   * HGETEX key [EX seconds | PX milliseconds | EXAT time | PXAT time | PERSIST] FIELDS count field
   * [field ...]. Their values, or nil; their expiry changes as the options say, and a time that is
   * over deletes them.
   */
  private static void hgetex(Call call) {
    HashValue unused = call.hash();
    HashFieldOptions options = HashFieldOptions.read(call, "PERSIST", 1);
    long at = options.at(call, "hgetex");
    boolean changes = options.isTime() || options.isWord();
    boolean over = options.isTime() && at <= call.now();
    HashEdit edit = Hashes.edit(call);
    call.reply().array(options.count());
    boolean changed = false;
    Field field = new Field();
    for (int place = options.first(); place < options.end(); place++) {
      boolean found = replyFound(call, edit, Hashes.named(field, call.request(), place));
      if (!found || !changes || (options.isWord() && !field.expires())) {
        continue;
      }
      changed = true;
      if (over) {
        edit.remove(Hashes.named(field, call.request(), place));
      } else {
        edit.expire(field, at);
      }
    }
    if (changed && over) {
      Hashes.commitRemoval(call, edit);
    } else if (changed) {
      Hashes.commit(call, edit, options.isWord() ? "hpersist" : "hexpire");
    }
  }

  /**
   * HSETEX key [FNX | FXX] [EX seconds | PX milliseconds | EXAT time | PXAT time | KEEPTTL] FIELDS
   * count field value [field value ...]. 1 if all were set; 0 if none, because one was there (FNX)
   * or missing (FXX). With a time that is over the fields are deleted.
   */
  private static void hsetex(Call call) {
    HashValue unused = call.hash();
    HashFieldOptions options = HashFieldOptions.read(call, "KEEPTTL", 2);
    long at = options.at(call, "hsetex");
    HashEdit edit = Hashes.edit(call);
    if (!options.allow(call, edit)) {
      call.reply().integer(0);
      return;
    }
    call.reply().integer(1);
    if (options.isTime() && at <= call.now()) {
      delete(call, options, edit);
      return;
    }
    set(call, options, edit, at);
    Hashes.commit(call, edit, "hset");
    if (options.isTime()) {
      call.event(EventClass.HASH, "hexpire");
    }
  }

  private static void set(Call call, HashFieldOptions options, HashEdit edit, long at) {
    Request request = call.request();
    edit.expect(Hashes.packedSize(request, options.first(), options.end()));
    Field field = new Field();
    for (int place = options.first(); place < options.end(); place += 2) {
      boolean keeps = options.isWord() && edit.find(Hashes.named(field, request, place));
      long time = keeps ? field.expireAt() : Entry.NEVER;
      edit.put(Hashes.pair(field, request, place).expireAt(options.isTime() ? at : time));
    }
  }

  private static void delete(Call call, HashFieldOptions options, HashEdit edit) {
    boolean removed = false;
    Field field = new Field();
    for (int place = options.first(); place < options.end(); place += 2) {
      removed |= edit.remove(Hashes.named(field, call.request(), place));
    }
    if (removed) {
      Hashes.commitRemoval(call, edit);
    }
  }
}
