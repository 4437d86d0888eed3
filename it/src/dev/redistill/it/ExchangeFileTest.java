package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExchangeFileTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @Test
  void expandsEachVariableWithEach() throws IOException {
    List<Exchange> exchanges =
        read(
            """
            @group g
            @protocols 2 3
            @list a = x | y
            == title
            @for a in a
            @for b = | 1 | ${z*3}
            GET ${a} ${b}
            """);

    assertThat(exchanges).hasSize(12);
    assertThat(exchanges)
        .extracting(exchange -> ((Step.Send) exchange.steps().get(0)).arguments())
        .contains(List.of("GET", "x"), List.of("GET", "y", "1"), List.of("GET", "x", "zzz"));
    assertThat(exchanges).extracting(Exchange::protocol).contains(2, 3);
  }

  @Test
  void readsEachKindOfLine() throws IOException {
    List<Step> steps =
        read("""
        == title
        # a comment
        SET k "a b\\x00\\r\\n"
        2: [sorted] KEYS *
        @raw close "*x\\r\\n"
        @ours "-ERR \\"quoted\\"\\r\\n" a reason
        @sleep 5
        @leave
        """)
            .get(0)
            .steps();

    assertThat(steps)
        .containsExactly(
            Step.Send.request(1, List.of("SET", "k", "a b\0\r\n"), 1, Check.EXACT),
            Step.Send.request(2, List.of("KEYS", "*"), 1, new Check(Rule.SORTED)),
            Step.Send.raw(
                1,
                "*x\r\n",
                Step.UNTIL_CLOSED,
                new Check(Rule.EXACT, "-ERR \"quoted\"\r\n", "a reason")),
            new Step.Pause(5),
            new Step.Leave(1));
  }

  @Test
  void theTableHasSeveralThousandCases() throws IOException {
    assertThat(ExchangeFile.readAll(Comparison.TABLE)).hasSizeGreaterThan(5_000);
  }

  private List<Exchange> read(String text) throws IOException {
    Files.writeString(directory.resolve("table.txt"), text);
    return ExchangeFile.readAll(directory);
  }
}
