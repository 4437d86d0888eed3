package dev.redistill.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/** The two ends of a connection in Redis' notation. */
final class Addresses {

  private Addresses() {}

  static String remote(SocketChannel channel) {
    try {
      SocketAddress address = channel.getRemoteAddress();
      return address instanceof UnixDomainSocketAddress ? local(channel) : text(address);
    } catch (IOException e) {
      return "?:0";
    }
  }

  static String local(SocketChannel channel) {
    try {
      return text(channel.getLocalAddress());
    } catch (IOException e) {
      return "?:0";
    }
  }

  private static String text(SocketAddress address) {
    if (address instanceof InetSocketAddress inet) {
      String host = inet.getAddress().getHostAddress();
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + inet.getPort();
    }
    return address + ":0";
  }
}
