package dev.redistill.it;

import java.util.List;

/**
 * A case of the table: a script of requests that starts on an empty server with fresh connections.
 *
 * @param protocol 2 or 3: what each connection speaks
 * @param newer whether Redis 7.0 does not know it, so that every reply is stated
 */
record Exchange(
    String group, String title, String place, int protocol, boolean newer, List<Step> steps) {
  @Override
  public String toString() {
    return "%s: %s (%s, RESP%d)".formatted(group, title, place, protocol);
  }
}
