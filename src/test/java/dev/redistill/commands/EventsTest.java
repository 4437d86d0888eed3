package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

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

  @Test
  void aKeyIsNewOnlyWhenItIsAdded() {
    ask("En");
    console.run("SET", "k", "v");
    console.run("SET", "k", "w");
    assertThat(console.takeEvents()).containsExactly("__keyevent@0__:new k");
  }
}
