package dev.redistill.commands;

import dev.redistill.auth.AclLog;
import dev.redistill.auth.Selector;
import dev.redistill.auth.User;
import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.ReplyWriter;
import java.math.BigDecimal;
import java.util.List;

/** The subcommands of ACL that answer with maps. */
final class AclReplies {

  private static final long USUAL_COUNT = 10;

  private AclReplies() {}

  /** ACL GETUSER name. The rules of a user by their kinds, or nil. */
  static void getUser(Call call) {
    User user = call.services().acl().find(call.request().text(2));
    ReplyWriter reply = call.reply();
    if (user == null) {
      reply.nil();
      return;
    }
    reply.map(6);
    reply.bulk("flags");
    reply.set(user.flags().size());
    user.flags().forEach(reply::bulk);
    reply.bulk("passwords");
    reply.array(user.passwords().size());
    user.passwords().forEach(reply::bulk);
    write(reply, user.selectors().getFirst());
    reply.bulk("selectors");
    List<Selector> others = user.selectors().subList(1, user.selectors().size());
    reply.array(others.size());
    for (Selector selector : others) {
      reply.map(3);
      write(reply, selector);
    }
  }

  private static void write(ReplyWriter reply, Selector selector) {
    reply.bulk("commands");
    reply.bulk(Ascii.bytes(selector.commandRules()));
    reply.bulk("keys");
    reply.bulk(Ascii.bytes(selector.keyRules()));
    reply.bulk("channels");
    reply.bulk(Ascii.bytes(selector.channelRules()));
  }

  /** ACL LOG [count | RESET]. The latest refusals, at most 10 if no count is given; or OK. */
  static void log(Call call) {
    Arguments arguments = call.arguments().skip(1);
    AclLog log = call.services().acl().log();
    if (arguments.left() > 1) {
      throw Help.wrongArguments(call, "ACL");
    }
    if (arguments.take("RESET")) {
      log.clear();
      call.reply().ok();
      return;
    }
    long count = arguments.hasNext() ? Math.max(0, arguments.nextLong()) : USUAL_COUNT;
    List<AclLog.Entry> entries = log.entries().stream().limit(count).toList();
    call.reply().array(entries.size());
    entries.forEach(entry -> write(call, entry));
  }

  private static void write(Call call, AclLog.Entry entry) {
    ReplyWriter reply = call.reply();
    AclLog.Refusal refusal = entry.refusal();
    reply.map(7);
    reply.bulk("count");
    reply.integer(entry.count());
    reply.bulk("reason");
    reply.bulk(refusal.reason().text());
    reply.bulk("context");
    reply.bulk(refusal.inTransaction() ? "multi" : "toplevel");
    reply.bulk("object");
    reply.bulk(Ascii.bytes(refusal.object()));
    reply.bulk("username");
    reply.bulk(Ascii.bytes(refusal.user()));
    reply.bulk("age-seconds");
    writeAge(reply, Math.max(0, call.now() - entry.at()));
    reply.bulk("client-info");
    reply.bulk(Ascii.bytes(entry.client()));
  }

  private static void writeAge(ReplyWriter reply, long millis) {
    String seconds = BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
    if (reply.isResp3()) {
      reply.raw(Ascii.bytes("," + seconds + "\r\n"));
    } else {
      reply.bulk(seconds);
    }
  }
}
