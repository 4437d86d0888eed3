package dev.redistill.commands;

import static dev.redistill.commands.MemoryFigures.ratio;

import dev.redistill.command.Services;
import dev.redistill.config.Settings;
import dev.redistill.eviction.MissRatioCurve;
import dev.redistill.metrics.ProcessFigures;

/** The section of INFO about memory. */
final class InfoMemory {

  private InfoMemory() {}

  static void write(InfoText text, Services services) {
    MemoryFigures figures = MemoryFigures.of(services);
    text.section("Memory");
    writeUse(text, figures);
    writeScripts(text);
    text.memory("maxmemory", services.config().bytes(Settings.MAXMEMORY))
        .add("maxmemory_policy", services.config().text(Settings.MAXMEMORY_POLICY));
    writeHeap(text, figures);
    text.zero("mem_not_counted_for_evict", "mem_replication_backlog")
        .zero("mem_total_replication_buffers", "mem_clients_slaves")
        .add("mem_clients_normal", figures.clients())
        .zero("mem_cluster_links", "mem_aof_buffer")
        .add("mem_allocator", "jvm")
        .zero("active_defrag_running", "lazyfree_pending_objects", "lazyfreed_objects")
        .add("redistill_heap_used", figures.heapUsed())
        .add("redistill_heap_size", figures.heapSize())
        .add("redistill_heap_limit", figures.heapLimit());
  }

  /** Which part of the lookups finds its key, and about which part would with more memory. */
  static void missRatioCurve(InfoText text, Services services) {
    MissRatioCurve curve = services.memory().curve();
    text.section("Mrc").add("mrc_hit_ratio", curve.now(), 4);
    if (curve.samples() > 0) {
      text.add("mrc_hit_ratio_half_memory", curve.half(), 4)
          .add("mrc_hit_ratio_double_memory", curve.twice(), 4)
          .add("mrc_hit_ratio_fourfold_memory", curve.fourfold(), 4);
    }
    text.add("mrc_sampled_keys", curve.samples());
  }

  private static void writeUse(InfoText text, MemoryFigures figures) {
    text.memory("used_memory", figures.used())
        .memory("used_memory_rss", figures.resident())
        .memory("used_memory_peak", figures.peak())
        .add("used_memory_peak_perc", percent(figures.peakPercent()))
        .add("used_memory_overhead", figures.overhead())
        .add("used_memory_startup", figures.startup())
        .add("used_memory_dataset", figures.dataset())
        .add("used_memory_dataset_perc", percent(figures.datasetPercent()))
        .add("allocator_allocated", figures.heapUsed())
        .add("allocator_active", figures.heapSize())
        .add("allocator_resident", figures.heapSize())
        .memory("total_system_memory", ProcessFigures.totalMemory());
  }

  private static void writeScripts(InfoText text) {
    text.zero("used_memory_lua", "used_memory_vm_eval")
        .add("used_memory_lua_human", "0B")
        .zero("used_memory_scripts_eval", "number_of_cached_scripts")
        .zero("number_of_functions", "number_of_libraries")
        .zero("used_memory_vm_functions", "used_memory_vm_total")
        .add("used_memory_vm_total_human", "0B")
        .zero("used_memory_functions", "used_memory_scripts")
        .add("used_memory_scripts_human", "0B");
  }

  private static void writeHeap(InfoText text, MemoryFigures figures) {
    text.add("allocator_frag_ratio", ratio(figures.heapSize(), figures.heapUsed()), 2)
        .add("allocator_frag_bytes", figures.heapSize() - figures.heapUsed())
        .add("allocator_rss_ratio", 1, 2)
        .add("allocator_rss_bytes", 0)
        .add("rss_overhead_ratio", ratio(figures.resident(), figures.heapSize()), 2)
        .add("rss_overhead_bytes", figures.resident() - figures.heapSize())
        .add("mem_fragmentation_ratio", figures.fragmentation(), 2)
        .add("mem_fragmentation_bytes", figures.resident() - figures.used());
  }

  private static String percent(double value) {
    return InfoText.fixed(value, 2) + "%";
  }
}
