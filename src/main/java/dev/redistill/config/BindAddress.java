package dev.redistill.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An address to listen on.
 *
 * @param host an address or a name that has one
 * @param optional whether the server may start without it
 */
public record BindAddress(String host, boolean optional) {

  /** Reads a word of {@code bind}: {@code *} is all of IPv4, {@code ::*} all of IPv6. */
  static BindAddress parse(String word) {
    boolean optional = word.startsWith("-");
    String host = optional ? word.substring(1) : word;
    return switch (host) {
      case "*" -> new BindAddress("0.0.0.0", optional);
      case "::*" -> new BindAddress("::", optional);
      default -> new BindAddress(host, optional);
    };
  }

  /** Returns whether other machines cannot reach it; an address that is not known is reachable. */
  public boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
