package dev.redistill.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which of the evicted keys are remembered, and for how long. */
final class GhostsTest {

  private final Ghosts ghosts = new Ghosts();

  @Test
  void aKeyThatComesBack_isForgotten() {
    ghosts.add(42, 10);
    assertThat(ghosts.take(42, 10)).isTrue();
    assertThat(ghosts.take(42, 10)).isFalse();
  }

  @Test
  void whatIsTooLongAgo_isNotRemembered() {
    ghosts.add(1, 100);
    for (int hash = 2; hash < 12; hash++) {
      ghosts.add(hash, 100);
    }
    assertThat(ghosts.take(1, 10)).isFalse();
    assertThat(ghosts.take(11, 10)).isTrue();
  }

  @Test
  void ofAsManyAsItIsToRemember_mostAreThere() {
    for (int hash = 0; hash < 1000; hash++) {
      ghosts.add(hash, 1000);
    }
    int remembered = 0;
    for (int hash = 0; hash < 1000; hash++) {
      remembered += ghosts.take(hash, 1000) ? 1 : 0;
    }
    assertThat(remembered).isGreaterThan(700);
  }

  @Test
  void whenAllIsCleared_nothingIsRemembered() {
    ghosts.add(42, 10);
    ghosts.clear();
    assertThat(ghosts.take(42, 10)).isFalse();
  }
}
