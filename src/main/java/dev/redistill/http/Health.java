package dev.redistill.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redistill.command.Services;
import dev.redistill.command.Traffic;

/** The state of the server as a small JSON object. */
final class Health {

  private static final JsonMapper MAPPER = new JsonMapper();

  private final Services services;
  private final Readiness readiness;

  Health(Services services, Readiness readiness) {
    this.services = services;
    this.readiness = readiness;
  }

  boolean isGood() {
    return readiness.problems().isEmpty();
  }

  /** The object; its first five fields are those that the Redistill in Rust has. */
  String json() {
    Traffic traffic = services.sessions().traffic();
    ObjectNode health = MAPPER.createObjectNode();
    health.put("status", isGood() ? "healthy" : "unhealthy");
    health.put("active_connections", services.sessions().count());
    health.put("total_commands", traffic.commands());
    health.put("total_connections", services.statistics().connections());
    health.put("memory_used", services.memory().used());
    health.put("memory_limit", services.memory().limit());
    health.put("uptime_seconds", uptime());
    ArrayNode problems = health.putArray("problems");
    readiness.problems().forEach(problems::add);
    return health + "\n";
  }

  private long uptime() {
    return (services.clock().millis() - services.lifecycle().startedAt()) / 1000;
  }
}
