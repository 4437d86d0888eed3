package dev.redistill.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TallyTest {

  private final Tally tally = new Tally();
  private final Command get = Command.read("GET");
  private final Command set = Command.write("SET");
  private final Command keys = Command.read("KEYS");

  @Test
  void theTimeOfATurn_isSharedOutByRuns() {
    tally.count(get);
    tally.count(set);
    tally.count(get);
    tally.count(get);
    tally.endTurn(8000, 1);
    assertThat(get.statistics().calls()).isEqualTo(3);
    assertThat(get.statistics().micros()).isEqualTo(6);
    assertThat(set.statistics().calls()).isEqualTo(1);
    assertThat(set.statistics().micros()).isEqualTo(2);
    assertThat(get.statistics().latencies().percentile(100)).isBetween(2000L, 2063L);
  }

  @Test
  void aMeasuredCommand_getsItsOwnTime() {
    tally.count(get);
    tally.begin(keys);
    assertThat(tally.latest()).isSameAs(keys);
    tally.end(keys, 5000, 0);
    tally.count(get);
    tally.endTurn(7000, 1);
    assertThat(keys.statistics().micros()).isEqualTo(5);
    assertThat(get.statistics().micros()).isEqualTo(2);
    assertThat(get.statistics().calls()).isEqualTo(2);
  }

  @Test
  void theTimeThatACommandRests_isNobodysTime() {
    tally.count(get);
    tally.begin(keys);
    tally.end(keys, 1000, 80_000);
    tally.endTurn(83_000, 1);
    assertThat(keys.statistics().micros()).isEqualTo(1);
    assertThat(get.statistics().micros()).isEqualTo(2);
  }

  @Test
  void turns_areApart() {
    assertThat(tally.latest()).isNull();
    tally.count(get);
    tally.endTurn(1000, 1);
    tally.endTurn(9000, 1);
    tally.count(set);
    tally.endTurn(2000, 1);
    assertThat(get.statistics().micros()).isEqualTo(1);
    assertThat(set.statistics().micros()).isEqualTo(2);
    assertThat(tally.latest()).isSameAs(set);
  }

  @Test
  void anyNumberOfCommands_hasItsPlaces() {
    List<Command> many = IntStream.range(0, 30).mapToObj(i -> Command.read("C" + i)).toList();
    for (int round = 0; round < 2; round++) {
      many.forEach(tally::count);
    }
    tally.endTurn(60_000, 1);
    assertThat(many).allMatch(command -> command.statistics().calls() == 2);
    assertThat(many).allMatch(command -> command.statistics().micros() == 2);
  }
}
