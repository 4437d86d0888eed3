package dev.redistill.config;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** The log lines of Redis: {@code pid:M 23 Nov 2026 00:43:15.048 * text}. */
final class LogFormat extends Formatter {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd MMM yyyy HH:mm:ss.SSS", Locale.ENGLISH)
          .withZone(ZoneId.systemDefault());

  private final String start;

  LogFormat(long processId) {
    this.start = processId + ":M ";
  }

  @Override
  public String format(LogRecord record) {
    StringBuilder line = new StringBuilder(start);
    TIME.formatTo(record.getInstant(), line);
    line.append(' ').append(sign(record.getLevel())).append(' ');
    line.append(oneLine(String.valueOf(formatMessage(record)))).append('\n');
    Throwable failure = record.getThrown();
    if (failure != null) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      line.append(trace);
    }
    return line.toString();
  }

  private static char sign(Level level) {
    if (level.intValue() >= Level.WARNING.intValue()) {
      return '#';
    }
    if (level.intValue() >= Level.INFO.intValue()) {
      return '*';
    }
    return level.intValue() >= Level.FINE.intValue() ? '-' : '.';
  }

  /** Keeps what a client sent from looking like lines of ours. */
  private static String oneLine(String message) {
    return message.replaceAll("\\p{Cntrl}", " ");
  }
}
