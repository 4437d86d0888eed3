package dev.redistill.pubsub;

import dev.redistill.resp.Ascii;
import dev.redistill.resp.Push;

/** The forms in which something published reaches its subscribers. */
final class Message {

  private static final byte[] MESSAGE_2 = Ascii.bytes("*3\r\n$7\r\nmessage\r\n");
  private static final byte[] MESSAGE_3 = Ascii.bytes(">3\r\n$7\r\nmessage\r\n");
  private static final byte[] SMESSAGE_2 = Ascii.bytes("*3\r\n$8\r\nsmessage\r\n");
  private static final byte[] SMESSAGE_3 = Ascii.bytes(">3\r\n$8\r\nsmessage\r\n");
  private static final byte[] PMESSAGE_2 = Ascii.bytes("*4\r\n$8\r\npmessage\r\n");
  private static final byte[] PMESSAGE_3 = Ascii.bytes(">4\r\n$8\r\npmessage\r\n");

  private Message() {}

  static Push ofChannel(byte[] channel, byte[] text) {
    return new Push(MESSAGE_2, MESSAGE_3, bulks(channel, text));
  }

  static Push ofShardChannel(byte[] channel, byte[] text) {
    return new Push(SMESSAGE_2, SMESSAGE_3, bulks(channel, text));
  }

  static Push ofPattern(byte[] pattern, byte[] channel, byte[] text) {
    return new Push(PMESSAGE_2, PMESSAGE_3, bulks(pattern, channel, text));
  }

  private static byte[] bulks(byte[]... texts) {
    int size = 0;
    for (byte[] text : texts) {
      size += 1 + Ascii.length(text.length) + 2 + text.length + 2;
    }
    byte[] bytes = new byte[size];
    int at = 0;
    for (byte[] text : texts) {
      bytes[at++] = '$';
      at += Ascii.length(text.length);
      Ascii.write(text.length, bytes, at);
      at = newline(bytes, at);
      System.arraycopy(text, 0, bytes, at, text.length);
      at = newline(bytes, at + text.length);
    }
    return bytes;
  }

  private static int newline(byte[] bytes, int at) {
    bytes[at] = '\r';
    bytes[at + 1] = '\n';
    return at + 2;
  }
}
