package dev.redistill.commands;

import static dev.redistill.command.Command.read;
import static dev.redistill.command.Command.write;

import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.Flag;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.store.Entry;
import dev.redistill.store.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Strings. */
final class StringCommands {

  static final List<Command> TABLE =
      List.of(
          read("GET").arity(2).key(1).fast().run(StringCommands::get),
          write("SET").arity(-3).key(1).with(Flag.DENYOOM).run(StringCommands::set));

  private StringCommands() {}

  /** GET key. The value, or nil. */
  private static void get(Call call) {
    reply(call.reply(), call.text());
  }

  private static void set(Call call) {
    byte[] value = call.bytes(2);
    call.database().set(call.key(), call.entry(), value, Entry.NEVER);
    call.reply().ok();
  }

  /** Answers with a string as it is stored. */
  static void reply(ReplyWriter reply, @Nullable Object text) {
    if (text == null) {
      reply.nil();
    } else if (text instanceof byte[] plain) {
      reply.bulk(plain);
    } else {
      reply.bulk(Text.bytes(text), 0, Text.length(text));
    }
  }
}
