package dev.redistill.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every input of the corpus, among them all that was ever found, and some thousands that were made
 * of them by chance. {@code src/build/fuzz} looks for more.
 */
final class FuzzTest {

  private static final Path CORPUS = Path.of("src", "test", "fuzz");
  private static final int RUNS = 3_000;
  private static final int MOST_CHANGES = 6;
  private static final int MOST_BYTES = 600;

  /** A fuzz target and its corpus. */
  enum Target {
    REQUESTS("RequestsFuzz", RequestsFuzz::fuzzerTestOneInput),
    COMMANDS("CommandsFuzz", CommandsFuzz::fuzzerTestOneInput),
    MODEL("ModelFuzz", ModelFuzz::fuzzerTestOneInput),
    CONFIGURATION("ConfigurationFuzz", ConfigurationFuzz::fuzzerTestOneInput),
    SNAPSHOT("SnapshotFuzz", SnapshotFuzz::fuzzerTestOneInput);

    private final String directory;
    private final Consumer<byte[]> run;

    Target(String directory, Consumer<byte[]> run) {
      this.directory = directory;
      this.run = run;
    }

    List<byte[]> corpus() throws IOException {
      List<byte[]> inputs = new ArrayList<>();
      try (Stream<Path> files = Files.list(CORPUS.resolve(directory))) {
        for (Path file : files.sorted().toList()) {
          inputs.add(Files.readAllBytes(file));
        }
      }
      return inputs;
    }

    void run(byte[] input) {
      try {
        run.accept(input);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("input " + HexFormat.of().formatHex(input), e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void theCorpus_holds(Target target) throws IOException {
    List<byte[]> corpus = target.corpus();
    assertThat(corpus).isNotEmpty();
    corpus.forEach(target::run);
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void inputsByChance_hold(Target target) throws IOException {
    Random random = new Random();
    List<byte[]> corpus = target.corpus();
    for (int i = 0; i < RUNS; i++) {
      target.run(changed(corpus, random));
    }
  }

  private static byte[] changed(List<byte[]> corpus, Random random) {
    byte[] input = corpus.get(random.nextInt(corpus.size())).clone();
    for (int i = random.nextInt(MOST_CHANGES); i >= 0; i--) {
      int at = random.nextInt(input.length + 1);
      switch (random.nextInt(4)) {
        case 0 -> input = Arrays.copyOf(input, at);
        case 1 -> {
          byte[] other = corpus.get(random.nextInt(corpus.size()));
          input = joined(input, at, Arrays.copyOf(other, random.nextInt(other.length + 1)));
        }
        case 2 -> {
          byte[] more = new byte[random.nextInt(8)];
          random.nextBytes(more);
          input = joined(input, at, more);
        }
        default -> {
          if (at < input.length) {
            input[at] = (byte) random.nextInt(256);
          }
        }
      }
    }
    return Arrays.copyOf(input, Math.min(input.length, MOST_BYTES));
  }

  private static byte[] joined(byte[] input, int at, byte[] inserted) {
    byte[] joined = Arrays.copyOf(input, input.length + inserted.length);
    System.arraycopy(inserted, 0, joined, at, inserted.length);
    System.arraycopy(input, at, joined, at + inserted.length, input.length - at);
    return joined;
  }
}
