package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class EventsTest {

  private final Console console = new Console();

  private void ask(String letters) {
    console.run("CONFIG", "SET", "notify-keyspace-events", letters);
  }

  @Test
  void nothingIsPublishedUnlessSomebodyAsks() {
    console.run("SET", "k", "v", "PX", "1");
    console.advance(2).run("GET", "k");
    assertThat(console.takeEvents()).isEmpty();
  }

  @Test
  void classesWithoutChannelPublishNothing() {
    ask("An");
    console.run("SET", "k", "v");
    assertThat(console.takeEvents()).isEmpty();
  }

  @Test
  void aKeyThatIsThereNoMoreExpiresWhenItIsMissed() {
    ask("KEx");
    console.run("SELECT", "3");
    console.run("SET", "k", "v", "PX", "1");
    console.advance(2).run("GET", "k");
    assertThat(console.takeEvents())
        .containsExactly("__keyspace@3__:k expired", "__keyevent@3__:expired k");
  }

  @Test
  void anExpiredKeyHasTheNumberOfItsDatabaseAfterAnExchange() {
    ask("Ex");
    console.run("SET", "k", "v", "PX", "1");
    console.run("SWAPDB", "0", "5");
    console.run("SELECT", "5");
    console.advance(2).run("GET", "k");
    assertThat(console.takeEvents()).containsExactly("__keyevent@5__:expired k");
  }

  private void assertEvents(String... namesAndKeys) {
    assertThat(console.takeEvents())
        .containsExactly(
            Arrays.stream(namesAndKeys)
                .map(event -> "__keyevent@0__:" + event)
                .toArray(String[]::new));
  }

  @Test
  void commandsThatRedis7LacksMakeTheEventsOfTheirKind() {
    console.run("MSET", "a", "1", "b", "1", "c", "1");
    ask("EA");
    console.run("MSETEX", "2", "a", "1", "b", "2", "EX", "10");
    assertEvents("set a", "expire a", "set b", "expire b");
    console.run("INCREX", "a", "EX", "10");
    assertEvents("incrby a", "expire a");
    console.run("INCREX", "a", "BYFLOAT", "0.5", "PERSIST");
    assertEvents("incrbyfloat a", "persist a");
    console.run("SET", "a", "1", "IFEQ", "other");
    console.run("DELIFEQ", "a", "other");
    console.run("DELEX", "none");
    assertEvents();
    console.run("DELIFEQ", "b", "2");
    console.run("DELEX", "c");
    assertEvents("del b", "del c");
    console.run("CL.THROTTLE", "limit", "5", "10", "60");
    assertEvents("set limit", "expire limit");
  }

  @Test
  void aTransactionSeesItsOwnChangeOfTheSetting() {
    console.run("MULTI");
    console.run("SET", "a", "1");
    console.run("CONFIG", "SET", "notify-keyspace-events", "E$");
    console.run("SET", "b", "1");
    console.run("EXEC");
    assertEvents("set b");
  }

  @Test
  void aKeyIsNewOnlyWhenItIsAdded() {
    ask("En");
    console.run("SET", "k", "v");
    console.run("SET", "k", "w");
    assertThat(console.takeEvents()).containsExactly("__keyevent@0__:new k");
  }
}
