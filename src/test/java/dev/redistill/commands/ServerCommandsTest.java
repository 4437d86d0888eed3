package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.config.ConfigLoader;
import dev.redistill.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerCommandsTest {

  private static final String SYNTAX = "(error) ERR syntax error";

  private final Console console = new Console();

  @Test
  void time_isSecondsAndMicroseconds() {
    console.clock().advanceNanos(1_234_567_000);
    assertThat(console.run("TIME")).isEqualTo("[\"1700000001\", \"234567\"]");
  }

  @Test
  void role_isAMasterOnItsOwn() {
    assertThat(console.run("ROLE")).isEqualTo("[\"master\", (integer) 0, []]");
    assertThat(console.run("MODULE", "LIST")).isEqualTo("[]");
  }

  @Test
  void lolwut_tellsTheVersion() {
    assertThat(console.run("LOLWUT")).isEqualTo("\"Redis ver. 7.4.0\\n\"");
    assertThat(console.run("LOLWUT", "VERSION", "5", "1")).isEqualTo("\"Redis ver. 7.4.0\\n\"");
    assertThat(console.run("LOLWUT", "VERSION", "x"))
        .isEqualTo("(error) ERR value is not an integer or out of range");
  }

  @Test
  void shutdown_endsTheServerWithoutAReply() {
    assertThat(console.run("SHUTDOWN")).isEmpty();
    assertThat(console.isShutDown()).isTrue();
    assertThat(console.session().isClosing()).isTrue();
  }

  /** A server that saves to a directory that has gone. */
  private static Console withoutDirectory(Path directory) throws IOException {
    Path gone = Files.createDirectory(directory.resolve("gone"));
    ConfigLoader loader = new ConfigLoader();
    loader.readText("a test", "dir " + gone);
    assertThat(loader.check()).isTrue();
    Files.delete(gone);
    Console console = new Console(loader.config());
    Snapshots snapshots = console.services().snapshots();
    snapshots.load(false, Thread.ofPlatform().factory(), bytes -> true);
    return console;
  }

  @Test
  void shutdown_whileTheKeysAreLoaded_savesNothing() {
    assertThat(console.run("SHUTDOWN", "SAVE")).isEmpty();
    assertThat(console.isShutDown()).isTrue();
  }

  @Test
  void shutdown_refusesToLoseWhatItWasAskedToSave(@TempDir Path directory) throws IOException {
    Console console = withoutDirectory(directory);
    assertThat(console.run("SHUTDOWN", "SAVE"))
        .isEqualTo("(error) ERR Errors trying to SHUTDOWN. Check logs.");
    console.run("CONFIG", "SET", "save", "60 1");
    assertThat(console.run("SHUTDOWN")).startsWith("(error) ERR Errors trying");
    assertThat(console.isShutDown()).isFalse();
    assertThat(console.run("SHUTDOWN", "NOSAVE", "NOW")).isEmpty();
    assertThat(console.isShutDown()).isTrue();
  }

  @Test
  void shutdown_canBeForced(@TempDir Path directory) throws IOException {
    Console console = withoutDirectory(directory);
    assertThat(console.run("SHUTDOWN", "SAVE", "FORCE")).isEmpty();
    assertThat(console.isShutDown()).isTrue();
  }

  @Test
  void shutdown_refusesWordsThatContradictEachOther() {
    assertThat(console.run("SHUTDOWN", "SAVE", "NOSAVE")).isEqualTo(SYNTAX);
    assertThat(console.run("SHUTDOWN", "NOW", "ABORT")).isEqualTo(SYNTAX);
    assertThat(console.run("SHUTDOWN", "x")).isEqualTo(SYNTAX);
    assertThat(console.run("SHUTDOWN", "ABORT")).isEqualTo("(error) ERR No shutdown in progress.");
    assertThat(console.isShutDown()).isFalse();
  }

  @Test
  void shutdown_isNotForTransactions() {
    console.run("MULTI");
    assertThat(console.run("SHUTDOWN"))
        .isEqualTo("(error) ERR Command not allowed inside a transaction");
    assertThat(console.isShutDown()).isFalse();
  }
}
