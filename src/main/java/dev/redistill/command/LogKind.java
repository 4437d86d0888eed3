package dev.redistill.command;

import dev.redistill.config.Setting;
import dev.redistill.config.Settings;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a command may take so much of that a log remembers it. */
public enum LogKind {
  /** Microseconds. */
  SLOW(Settings.SLOWLOG_LOG_SLOWER_THAN, Settings.SLOWLOG_MAX_LEN),
  /** Bytes, counted as RESP has them. */
  LARGE_REQUEST(Settings.COMMANDLOG_REQUEST_LARGER_THAN, Settings.COMMANDLOG_LARGE_REQUEST_MAX_LEN),
  /** Bytes. */
  LARGE_REPLY(Settings.COMMANDLOG_REPLY_LARGER_THAN, Settings.COMMANDLOG_LARGE_REPLY_MAX_LEN);

  /** From how much on, or -1 for never. */
  final Setting threshold;

  /** How many commands are remembered. */
  final Setting length;

  LogKind(Setting threshold, Setting length) {
    this.threshold = threshold;
    this.length = length;
  }

  /** The kind that is called so, in any case, or null. */
  public static @Nullable LogKind named(String name) {
    for (LogKind kind : values()) {
      if (kind.text().equals(name.toLowerCase(Locale.ROOT))) {
        return kind;
      }
    }
    return null;
  }

  private String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
