package dev.redistill.commands;

import static dev.redistill.command.Command.other;
import static dev.redistill.command.Command.read;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.Footprint;
import dev.redistill.store.Keyspace;
import java.util.List;

/** MEMORY: what keys, and the server, take. */
final class MemoryCommands {

  static final List<Command> TABLE =
      List.of(
          other("MEMORY")
              .arity(-2)
              .container(
                  other("DOCTOR").arity(2).run(MemoryCommands::doctor),
                  Help.command(),
                  other("MALLOC-STATS").arity(2).run(MemoryCommands::allocator),
                  other("PURGE").arity(2).run(MemoryCommands::purge),
                  other("STATS").arity(2).run(MemoryCommands::statistics),
                  read("USAGE")
                      .arity(-3)
                      .key(2)
                      .locks((call, selected, locks) -> locks.add(selected, call.probe(2)))
                      .run(MemoryCommands::usage)));

  private static final long LITTLE = 5 * 1024 * 1024;

  private MemoryCommands() {}

  /**
   * MEMORY USAGE key [SAMPLES count]. Bytes of heap that the key takes, or nil. Nothing is sampled.
   */
  private static void usage(Call call) {
    Arguments arguments = call.arguments().skip(2);
    while (arguments.hasNext()) {
      if (!arguments.take("SAMPLES") || arguments.nextLong() < 0) {
        throw CommandException.SYNTAX;
      }
    }
    Entry entry = call.find(2);
    if (entry == null) {
      call.reply().nil();
    } else {
      call.reply().integer(Footprint.entry(entry));
    }
  }

  /** MEMORY DOCTOR. What is unusual about the memory in use, for people. */
  private static void doctor(Call call) {
    MemoryFigures figures = MemoryFigures.of(call.services());
    StringBuilder report = new StringBuilder();
    if (figures.used() < LITTLE) {
      report.append("There is little in memory: nothing can be said of how it is used.\n");
    } else {
      diagnose(figures, report);
    }
    call.reply().verbatim("txt", report.toString().getBytes(US_ASCII));
  }

  private static void diagnose(MemoryFigures figures, StringBuilder report) {
    if (figures.peak() > figures.used() * 1.5) {
      report.append(
          "* Peak: at some time much more memory was used than now. The process keeps what it took.\n");
    }
    if (figures.heapUsed() > figures.heapLimit() * 0.9) {
      report.append(
          "* Heap: it is nearly full. Give the JVM a larger one (-Xmx), or lower maxmemory.\n");
    }
    if (figures.clients() > figures.used() / 2) {
      report.append(
          "* Clients: replies that nobody reads, or half-received requests, take most of the memory.\n");
    }
    if (report.isEmpty()) {
      report.append("Nothing is unusual about the memory in use.\n");
    }
  }

  /** MEMORY MALLOC-STATS. There are none: the heap belongs to the JVM. */
  private static void allocator(Call call) {
    String text = "Stats not supported for the current allocator";
    call.reply().verbatim("txt", text.getBytes(US_ASCII));
  }

  /** MEMORY PURGE. OK; the JVM is asked to collect its garbage and return memory to the system. */
  private static void purge(Call call) {
    System.gc();
    call.reply().ok();
  }

  /** MEMORY STATS. What MEMORY DOCTOR and INFO look at, as a map. */
  private static void statistics(Call call) {
    ReplyWriter reply = call.reply();
    Keyspace keyspace = call.services().keyspace();
    List<Integer> used = Databases.withKeys(keyspace);
    MemoryFigures figures = MemoryFigures.of(call.services());
    long keys = 0;
    reply.map(27L + used.size());
    writeAmounts(reply, figures);
    for (int index : used) {
      Database database = keyspace.database(index);
      keys += database.size();
      reply.bulk("db." + index);
      reply.map(3);
      add(reply, "overhead.hashtable.main", database.tableFootprint());
      add(reply, "overhead.hashtable.expires", 0);
      add(reply, "overhead.hashtable.slot-to-keys", 0);
    }
    add(reply, "overhead.total", figures.overhead());
    add(reply, "keys.count", keys);
    add(reply, "keys.bytes-per-key", keys == 0 ? 0 : figures.used() / keys);
    add(reply, "dataset.bytes", figures.dataset());
    add(reply, "dataset.percentage", figures.datasetPercent());
    add(reply, "peak.percentage", figures.peakPercent());
    writeHeap(reply, figures);
  }

  private static void writeAmounts(ReplyWriter reply, MemoryFigures figures) {
    add(reply, "peak.allocated", figures.peak());
    add(reply, "total.allocated", figures.used());
    add(reply, "startup.allocated", figures.startup());
    add(reply, "replication.backlog", 0);
    add(reply, "clients.slaves", 0);
    add(reply, "clients.normal", figures.clients());
    add(reply, "cluster.links", 0);
    add(reply, "aof.buffer", 0);
    add(reply, "lua.caches", 0);
    add(reply, "functions.caches", 0);
  }

  private static void writeHeap(ReplyWriter reply, MemoryFigures figures) {
    long garbage = figures.heapSize() - figures.heapUsed();
    long outside = figures.resident() - figures.heapSize();
    add(reply, "allocator.allocated", figures.heapUsed());
    add(reply, "allocator.active", figures.heapSize());
    add(reply, "allocator.resident", figures.heapSize());
    add(
        reply,
        "allocator-fragmentation.ratio",
        MemoryFigures.ratio(figures.heapSize(), figures.heapUsed()));
    add(reply, "allocator-fragmentation.bytes", garbage);
    add(reply, "allocator-rss.ratio", 1.0);
    add(reply, "allocator-rss.bytes", 0);
    add(reply, "rss-overhead.ratio", MemoryFigures.ratio(figures.resident(), figures.heapSize()));
    add(reply, "rss-overhead.bytes", outside);
    add(reply, "fragmentation", figures.fragmentation());
    add(reply, "fragmentation.bytes", figures.resident() - figures.used());
  }

  private static void add(ReplyWriter reply, String name, long value) {
    reply.bulk(name);
    reply.integer(value);
  }

  private static void add(ReplyWriter reply, String name, double value) {
    reply.bulk(name);
    reply.decimal(Double.toString(value));
  }
}
