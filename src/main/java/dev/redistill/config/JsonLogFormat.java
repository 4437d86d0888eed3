package dev.redistill.config;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Log lines for machines, each an object of JSON: {@code
 * {"timestamp":"2026-11-23T00:43:15.048Z","level":"notice","pid":1,"message":"text"}}, with the
 * stack trace of a failure as {@code error}.
 */
final class JsonLogFormat extends Formatter {

  private final long processId;

  JsonLogFormat(long processId) {
    this.processId = processId;
  }

  @Override
  public String format(LogRecord record) {
    StringBuilder line = new StringBuilder("{\"timestamp\":\"").append(record.getInstant());
    line.append("\",\"level\":\"").append(level(record.getLevel()));
    line.append("\",\"pid\":").append(processId);
    add(line, "message", String.valueOf(formatMessage(record)));
    Throwable failure = record.getThrown();
    if (failure != null) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      add(line, "error", trace.toString());
    }
    return line.append("}\n").toString();
  }

  private static void add(StringBuilder line, String name, String text) {
    line.append(",\"").append(name).append("\":\"");
    JsonStringEncoder.getInstance().quoteAsString(text, line);
    line.append('"');
  }

  /** The level in the words of the setting {@code loglevel}. */
  private static String level(Level level) {
    if (level.intValue() >= Level.WARNING.intValue()) {
      return "warning";
    }
    if (level.intValue() >= Level.INFO.intValue()) {
      return "notice";
    }
    return level.intValue() >= Level.FINE.intValue() ? "verbose" : "debug";
  }
}
