package dev.redistill.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.redistill.util.Glob;

/**
 * Keys or channels that somebody may use: all that a glob matches.
 *
 * @param text the glob, one character per byte
 * @param access what may be done with them, as bits
 */
record Pattern(String text, int access, Glob glob) {

  static final int READ = 1;
  static final int WRITE = 2;

  static Pattern of(String text, int access) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == ' ' || character == 0 || (character >= '\t' && character <= '\r')) {
        throw new BadRuleException(BadRuleException.SYNTAX);
      }
    }
    return new Pattern(text, access, new Glob(text.getBytes(ISO_8859_1)));
  }

  /** Whether it allows all that is needed, whatever the name. */
  boolean grants(int needed) {
    return (access & needed) == needed;
  }

  boolean matches(byte[] bytes, int offset, int length) {
    return glob.matchesAll() || glob.matches(bytes, offset, length);
  }

  /** The rule that gives these keys. */
  String keyRule() {
    return switch (access) {
      case READ -> "%R~" + text;
      case WRITE -> "%W~" + text;
      default -> "~" + text;
    };
  }

  String channelRule() {
    return "&" + text;
  }
}
