package dev.redistill.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogFormatTest {

  private final LogFormat format = new LogFormat(4711);

  @TempDir private Path directory;

  @Test
  void asJson_aLineIsAnObject() throws IOException {
    LogRecord failed = record(Level.WARNING, "a \"quoted\"\nline \u00e9");
    failed.setThrown(new IOException("broken"));
    String line = new JsonLogFormat(4711).format(failed);
    assertThat(line).endsWith("}\n").doesNotContain("line\n").hasLineCount(1);
    JsonNode object = new JsonMapper().readTree(line);
    assertThat(object.path("level").asText()).isEqualTo("warning");
    assertThat(object.path("pid").asInt()).isEqualTo(4711);
    assertThat(object.path("message").asText()).isEqualTo("a \"quoted\"\nline \u00e9");
    assertThat(object.path("error").asText()).startsWith("java.io.IOException: broken\n\tat ");
    assertThat(Instant.parse(object.path("timestamp").asText())).isEqualTo(failed.getInstant());
  }

  @Test
  void aLine_looksAsInRedis() {
    assertThat(format.format(record(Level.INFO, "Ready to accept connections tcp")))
        .isEqualTo("4711:M 03 Nov 2026 01:02:03.045 * Ready to accept connections tcp\n");
  }

  @ParameterizedTest
  @CsvSource({"FINER, .", "FINE, -", "INFO, *", "WARNING, #", "SEVERE, #"})
  void levels_haveTheSignsOfRedis(String level, String sign) {
    assertThat(format.format(record(Level.parse(level), "x"))).endsWith(" " + sign + " x\n");
  }

  @Test
  void theLevelsOfSystemLogger_areThoseSigns() {
    assertThat(Level.parse("FINER").intValue()).isEqualTo(System.Logger.Level.TRACE.getSeverity());
    assertThat(Level.parse("FINE").intValue()).isEqualTo(System.Logger.Level.DEBUG.getSeverity());
    assertThat(Level.INFO.intValue()).isEqualTo(System.Logger.Level.INFO.getSeverity());
    assertThat(Level.WARNING.intValue()).isEqualTo(System.Logger.Level.WARNING.getSeverity());
  }

  @Test
  void aMessage_cannotBeginALineOfItsOwn() {
    assertThat(format.format(record(Level.INFO, "a\r\n1:M b\u001b[0m\u0000")))
        .endsWith(" * a  1:M b [0m \n");
  }

  @Test
  void aFailure_bringsItsTrace() {
    LogRecord record = record(Level.SEVERE, "internal error");
    record.setThrown(new IllegalStateException("why"));
    assertThat(format.format(record))
        .contains(" # internal error\njava.lang.IllegalStateException: why\n\tat ");
  }

  @Test
  void parameters_fillTheMessage() {
    LogRecord record = record(Level.INFO, "{0} of {1}");
    record.setParameters(new Object[] {"1", "2"});
    assertThat(format.format(record)).endsWith(" * 1 of 2\n");
  }

  @Test
  void withoutAFile_linesGoToTheOutput() {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    new Logging.Lines(null, new PrintStream(output, true, UTF_8), format)
        .publish(record(Level.INFO, "é"));
    assertThat(output.toString(UTF_8)).endsWith(" * é\n");
  }

  @Test
  void aLogFileThatIsMovedAway_isBegunAgain() throws IOException {
    Path file = directory.resolve("redistill.log");
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    Logging.Lines lines = new Logging.Lines(file, new PrintStream(output, true, UTF_8), format);
    lines.publish(record(Level.INFO, "one"));
    lines.publish(record(Level.INFO, "two"));
    Files.move(file, directory.resolve("old.log"));
    lines.publish(record(Level.INFO, "three"));
    assertThat(directory.resolve("old.log")).content().contains("* one\n", "* two\n");
    assertThat(file).content().endsWith("* three\n").doesNotContain("two");
    assertThat(output.toString(UTF_8)).isEmpty();
  }

  private static LogRecord record(Level level, String message) {
    LogRecord record = new LogRecord(level, message);
    record.setInstant(
        LocalDateTime.of(2026, 11, 3, 1, 2, 3, 45_000_000)
            .atZone(ZoneId.systemDefault())
            .toInstant());
    return record;
  }
}
