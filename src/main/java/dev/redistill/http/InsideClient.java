package dev.redistill.http;

import dev.redistill.auth.User;
import dev.redistill.command.Dispatcher;
import dev.redistill.command.Link;
import dev.redistill.command.Services;
import dev.redistill.command.Session;
import dev.redistill.config.Settings;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.resp.Request;
import dev.redistill.resp.RequestReader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A client without a connection: its commands go the way of all others, with the permissions of a
 * user. Reading leaves no trace in when keys were used. Confined to one thread.
 */
final class InsideClient implements AutoCloseable {

  private final Services services;
  private final Dispatcher dispatcher;
  private final ReplyWriter reply = new ReplyWriter();
  private final Session session;

  InsideClient(Services services, Dispatcher dispatcher, User user, String address) {
    this.services = services;
    this.dispatcher = dispatcher;
    RequestReader reader =
        new RequestReader(() -> services.config().bytes(Settings.PROTO_MAX_BULK_LEN));
    session = new Session(services, new NoLink(address), reader, reply);
    session.account().login(user);
    session.noTouch(true);
  }

  /** Runs a command; answers its reply as {@link ReplyParser} reads it. */
  @Nullable Object run(byte[]... words) throws RefusedException {
    session.startTurn(services.clock().millis());
    dispatcher.dispatch(session, Request.of(words));
    session.endTurn(0);
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(reply.pending()));
    reply.peek(bytes);
    reply.sent(bytes.position());
    return new ReplyParser(bytes.array()).next();
  }

  /** The same with the first words as text. */
  @Nullable Object run(String command, byte[] key, String... more) throws RefusedException {
    byte[][] words = new byte[2 + more.length][];
    words[0] = Ascii.bytes(command);
    words[1] = key;
    for (int i = 0; i < more.length; i++) {
      words[2 + i] = Ascii.bytes(more[i]);
    }
    return run(words);
  }

  /** Runs a command that answers a number. */
  long number(String command, byte[] key, String... more) throws RefusedException {
    return run(command, key, more) instanceof Long number ? number : 0;
  }

  @Override
  public void close() {
    session.end();
  }

  /** The end of a connection that there is not. */
  private record NoLink(String address) implements Link {

    @Override
    public void finish() {
      // The client ends by itself after a few commands.
    }

    @Override
    public void close() {
      // There is nothing to close.
    }

    @Override
    public void wake() {
      // It never sleeps.
    }

    @Override
    public void letOthersRun() {
      // Its thread is its own.
    }

    @Override
    public void sendReplies() {
      // They are taken when the command has ended.
    }

    @Override
    public boolean rest(long nanos) {
      return false;
    }

    @Override
    public String localAddress() {
      return "http";
    }

    @Override
    public int descriptor() {
      return -1;
    }

    @Override
    public int queryBuffer() {
      return 0;
    }

    @Override
    public boolean isWaiting() {
      return false;
    }

    @Override
    public boolean isShakingHands() {
      return false;
    }

    @Override
    public long outputBuffer() {
      return 0;
    }
  }
}
