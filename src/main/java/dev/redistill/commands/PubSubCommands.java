package dev.redistill.commands;

import static dev.redistill.command.Command.other;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.Flag;
import dev.redistill.command.Replies;
import dev.redistill.pubsub.Kind;
import dev.redistill.pubsub.Outbox;
import dev.redistill.pubsub.PubSub;
import dev.redistill.pubsub.Subscriptions;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.util.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Publish and subscribe. */
final class PubSubCommands {

  static final List<Command> TABLE =
      List.of(
          confirmed("SUBSCRIBE").arity(-2).run(PubSubCommands::subscribe),
          confirmed("UNSUBSCRIBE").arity(-1).run(PubSubCommands::unsubscribe),
          confirmed("PSUBSCRIBE").arity(-2).run(PubSubCommands::psubscribe),
          confirmed("PUNSUBSCRIBE").arity(-1).run(PubSubCommands::punsubscribe),
          confirmed("SSUBSCRIBE").arity(-2).channels(1, -1).run(PubSubCommands::ssubscribe),
          confirmed("SUNSUBSCRIBE").arity(-1).channels(1, -1).run(PubSubCommands::sunsubscribe),
          any("PUBLISH").arity(3).fast().run(PubSubCommands::publish),
          any("SPUBLISH").arity(3).channels(1, 1).fast().run(PubSubCommands::spublish),
          other("PUBSUB")
              .arity(-2)
              .container(
                  any("CHANNELS").arity(-2).run(PubSubCommands::channels),
                  Help.command(),
                  any("NUMPAT").arity(2).run(PubSubCommands::numPat),
                  any("NUMSUB").arity(-2).run(PubSubCommands::numSub),
                  any("SHARDCHANNELS").arity(-2).run(PubSubCommands::shardChannels),
                  any("SHARDNUMSUB").arity(-2).run(PubSubCommands::shardNumSub)));

  /** How often a publisher lets others run before it goes on although they have not caught up. */
  private static final int PATIENCE = 1000;

  private PubSubCommands() {}

  private static Command any(String name) {
    return other(name).with(Flag.PUBSUB, Flag.LOADING, Flag.STALE);
  }

  private static Command confirmed(String name) {
    return any(name).with(Flag.NOSCRIPT).repliesEvenIfOff();
  }

  /** SUBSCRIBE channel [channel ...]. A confirmation for each. */
  private static void subscribe(Call call) {
    subscribe(call, Kind.CHANNEL, "subscribe");
  }

  /** PSUBSCRIBE pattern [pattern ...]. A confirmation for each. */
  private static void psubscribe(Call call) {
    subscribe(call, Kind.PATTERN, "psubscribe");
  }

  /**
   * SSUBSCRIBE shardchannel [shardchannel ...]. A confirmation for each. Not in a transaction, as
   * in Redis. Since 7.0.
   */
  private static void ssubscribe(Call call) {
    if (call.session().transaction() != null) {
      throw new CommandException("ERR SSUBSCRIBE isn't allowed for a DENY BLOCKING client");
    }
    subscribe(call, Kind.SHARD_CHANNEL, "ssubscribe");
  }

  private static void subscribe(Call call, Kind kind, String event) {
    Arguments arguments = call.arguments();
    Subscriptions subscriptions = call.session().messaging().subscriptions();
    while (arguments.hasNext()) {
      byte[] name = arguments.nextBytes();
      subscriptions.add(kind, name);
      confirm(call, event, name, kind);
    }
    call.session().subscribed();
  }

  /** UNSUBSCRIBE [channel ...]. A confirmation for each, of all if none is named. */
  private static void unsubscribe(Call call) {
    unsubscribe(call, Kind.CHANNEL, "unsubscribe");
  }

  /** PUNSUBSCRIBE [pattern ...]. A confirmation for each, of all if none is named. */
  private static void punsubscribe(Call call) {
    unsubscribe(call, Kind.PATTERN, "punsubscribe");
  }

  /** SUNSUBSCRIBE [shardchannel ...]. A confirmation for each, of all if none is named. */
  private static void sunsubscribe(Call call) {
    unsubscribe(call, Kind.SHARD_CHANNEL, "sunsubscribe");
  }

  private static void unsubscribe(Call call, Kind kind, String event) {
    Subscriptions subscriptions = call.session().messaging().subscriptions();
    List<byte[]> names = new ArrayList<>();
    while (call.arguments().hasNext()) {
      names.add(call.arguments().nextBytes());
    }
    if (names.isEmpty()) {
      subscriptions.names(kind).forEach(name -> names.add(Ascii.bytes(name)));
    }
    for (byte[] name : names) {
      subscriptions.remove(kind, name);
      writeMessages(call);
      confirm(call, event, name, kind);
    }
    if (names.isEmpty()) {
      confirm(call, event, null, kind);
    }
    call.session().subscribed();
  }

  private static void confirm(Call call, String event, byte @Nullable [] name, Kind kind) {
    Subscriptions subscriptions = call.session().messaging().subscriptions();
    ReplyWriter reply = call.reply();
    reply.push(3);
    reply.bulk(event);
    reply.bulkOrNil(name);
    reply.integer(
        kind == Kind.SHARD_CHANNEL
            ? subscriptions.count(kind)
            : (long) subscriptions.count(Kind.CHANNEL) + subscriptions.count(Kind.PATTERN));
  }

  /**
   * Messages that were published before come before the reply at hand; but never into the reply of
   * a transaction.
   */
  private static void writeMessages(Call call) {
    Outbox outbox = call.session().messaging().outboxIfAny();
    if (outbox != null && call.session().transaction() == null) {
      outbox.moveTo(call.reply(), Long.MAX_VALUE);
    }
  }

  /** PUBLISH channel message. How many messages that made. */
  private static void publish(Call call) {
    PubSub pubSub = call.services().pubSub();
    published(call, pubSub.publish(call.bytes(1), call.bytes(2)));
  }

  /** SPUBLISH shardchannel message. How many clients have got it. Since 7.0. */
  private static void spublish(Call call) {
    PubSub pubSub = call.services().pubSub();
    published(call, pubSub.publishToShard(call.bytes(1), call.bytes(2)));
  }

  /**
   * A publisher may be faster than the connections of its subscribers are, each of which sends a
   * copy: it lets them run before more waits than they have had a chance to send.
   */
  private static void published(Call call, int count) {
    boolean alone = call.session().transaction() == null;
    for (int i = 0; alone && i < PATIENCE && call.services().pubSub().isLagging(); i++) {
      call.session().link().letOthersRun();
    }
    if (call.session().replies() == Replies.ON) {
      writeMessages(call);
    }
    call.reply().integer(count);
  }

  /** PUBSUB CHANNELS [pattern]. The channels that somebody has subscribed to. */
  private static void channels(Call call) {
    matching(call, call.services().pubSub().channels());
  }

  /** PUBSUB SHARDCHANNELS [pattern]. The shard channels that somebody has subscribed to. */
  private static void shardChannels(Call call) {
    matching(call, call.services().pubSub().shardChannels());
  }

  private static void matching(Call call, Set<String> all) {
    Arguments arguments = call.arguments().skip(1);
    if (arguments.left() > 1) {
      throw Help.wrongArguments(call, "PUBSUB");
    }
    Glob pattern = arguments.hasNext() ? new Glob(arguments.nextBytes()) : null;
    List<byte[]> names = new ArrayList<>();
    for (String name : all) {
      byte[] bytes = Ascii.bytes(name);
      if (pattern == null || pattern.matches(bytes)) {
        names.add(bytes);
      }
    }
    call.reply().array(names.size());
    names.forEach(call.reply()::bulk);
  }

  /** PUBSUB NUMPAT. How many different patterns there are. */
  private static void numPat(Call call) {
    call.reply().integer(call.services().pubSub().patterns());
  }

  /** PUBSUB NUMSUB [channel ...]. Each channel and how many have subscribed to it. */
  private static void numSub(Call call) {
    count(call, Kind.CHANNEL);
  }

  /** PUBSUB SHARDNUMSUB [shardchannel ...]. Each channel and how many have subscribed to it. */
  private static void shardNumSub(Call call) {
    count(call, Kind.SHARD_CHANNEL);
  }

  private static void count(Call call, Kind kind) {
    Arguments arguments = call.arguments().skip(1);
    call.reply().array(2L * arguments.left());
    while (arguments.hasNext()) {
      byte[] name = arguments.nextBytes();
      call.reply().bulk(name);
      call.reply().integer(call.services().pubSub().subscribers(kind, name));
    }
  }
}
