package dev.redistill.tracking;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A client that has turned tracking on. What can be changed is written by the client's own
 * connection; other threads read what is volatile.
 */
public final class Tracker {

  private final Client client;
  private volatile TrackingMode mode;
  private volatile boolean broken;
  private boolean caching;
  private final SortedSet<String> prefixes = new TreeSet<>();

  Tracker(Client client, TrackingMode mode) {
    this.client = client;
    this.mode = mode;
  }

  /** Goes on in another mode. */
  void change(TrackingMode newMode) {
    mode = newMode;
    broken = false;
  }

  Client client() {
    return client;
  }

  /** The mode that was asked for last. */
  public TrackingMode mode() {
    return mode;
  }

  /** All prefixes that it broadcasts for, in order, one character per byte; its own only. */
  public SortedSet<String> prefixes() {
    return Collections.unmodifiableSortedSet(prefixes);
  }

  void add(String prefix) {
    prefixes.add(prefix);
  }

  /** CLIENT CACHING was called: what the next command reads counts, or does not. */
  public void caching(boolean yes) {
    caching = yes;
  }

  public boolean isCaching() {
    return caching;
  }

  /** Whether keys that are read now are to be remembered. */
  public boolean isRemembering() {
    TrackingMode now = mode;
    return !now.broadcast() && (!now.optIn() || caching) && (!now.optOut() || !caching);
  }

  /** Whether a message could not be sent, because the client to redirect to is gone. */
  public boolean isBroken() {
    return broken;
  }

  void breakRedirect() {
    broken = true;
  }
}
