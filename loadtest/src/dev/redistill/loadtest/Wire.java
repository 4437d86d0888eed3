package dev.redistill.loadtest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** What bytes go through to a server and back: a socket, plain or encrypted. */
interface Wire {
  SocketChannel channel();

  /** Takes what is there; answers how many bytes that was, or -1 at the end. */
  int read(ByteBuffer replies) throws IOException;

  /** Sends what the socket takes now; answers whether all of it is gone. */
  boolean write(ByteBuffer requests) throws IOException;

  /** A socket as it is. */
  record Plain(SocketChannel channel) implements Wire {
    @Override
    public int read(ByteBuffer replies) throws IOException {
      return channel.read(replies);
    }

    @Override
    public boolean write(ByteBuffer requests) throws IOException {
      channel.write(requests);
      return !requests.hasRemaining();
    }
  }
}
