package dev.redistill.http;

import dev.redistill.command.Services;
import java.util.ArrayList;
import java.util.List;

/** Whether clients are better sent elsewhere, and why. */
final class Readiness {

  private final Services services;

  Readiness(Services services) {
    this.services = services;
  }

  /** What keeps the server from being ready; nothing if it is. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (services.lifecycle().isStopping()) {
      problems.add("shutting down");
    }
    if (services.pause().isLoading()) {
      problems.add("loading the keys");
    }
    if (services.snapshots().failed()) {
      problems.add("the last snapshot failed");
    }
    if (services.memory().isExhausted()) {
      problems.add("out of memory");
    }
    return problems;
  }
}
