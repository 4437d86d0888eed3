package dev.redistill.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where {@link System.Logger} lines go: in Redis' format or as JSON to the standard output or to
 * {@code logfile}. The four levels of Redis are TRACE (debug), DEBUG (verbose), INFO (notice) and
 * WARNING; ERROR counts as WARNING.
 */
public final class Logging {

  static {
    System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
  }

  /** Held here, because the logging system forgets the level of a logger that nobody holds. */
  private static final Logger OURS = Logger.getLogger("dev.redistill");

  private static final Logger ROOT = Logger.getLogger("");

  private Logging() {}

  /** Sends log lines where the configuration says, and follows changes of {@code loglevel}. */
  public static void start(Config config) {
    for (Handler handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
    }
    Path file = config.file(Settings.LOGFILE).orElse(null);
    ROOT.addHandler(new Lines(file, System.out, format(config)));
    ROOT.setLevel(Level.WARNING);
    OURS.setLevel(level(config));
    config.onChange(Settings.LOGLEVEL, () -> OURS.setLevel(level(config)));
  }

  private static Formatter format(Config config) {
    long processId = ProcessHandle.current().pid();
    return config.text(Settings.LOG_FORMAT).equals("json")
        ? new JsonLogFormat(processId)
        : new LogFormat(processId);
  }

  private static Level level(Config config) {
    return switch (config.text(Settings.LOGLEVEL)) {
      case "debug" -> Level.ALL;
      case "verbose" -> Level.FINE;
      case "warning" -> Level.WARNING;
      default -> Level.INFO;
    };
  }

  /**
   * Writes each record at once. A log file is opened for each line, as Redis does, so that it can
   * be moved away at any time.
   */
  static final class Lines extends Handler {

    private final @Nullable Path file;
    private final PrintStream output;

    Lines(@Nullable Path file, PrintStream output, Formatter format) {
      this.file = file;
      this.output = output;
      setFormatter(format);
    }

    @Override
    public void publish(LogRecord record) {
      if (!isLoggable(record)) {
        return;
      }
      byte[] line = getFormatter().format(record).getBytes(UTF_8);
      if (file == null) {
        output.write(line, 0, line.length);
        output.flush();
        return;
      }
      try {
        Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        reportError("cannot write to " + file, e, ErrorManager.WRITE_FAILURE);
      }
    }

    @Override
    public void flush() {
      output.flush();
    }

    @Override
    public void close() {
      flush();
    }
  }
}
