package dev.redistill.http;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.ArrayList;
import java.util.List;

/** A metric while its samples are put together. Used by one thread. */
final class Metric {

  private final String name;
  private final Collector.Type type;
  private final String help;
  private final List<String> labels;
  private final List<MetricFamilySamples.Sample> samples = new ArrayList<>();

  private Metric(String name, Collector.Type type, String help, String... labels) {
    this.name = name;
    this.type = type;
    this.help = help;
    this.labels = List.of(labels);
  }

  /** What goes up and down. */
  static Metric gauge(String name, String help, String... labels) {
    return new Metric(name, Collector.Type.GAUGE, help, labels);
  }

  /** What only grows; its name ends in {@code _total}. */
  static Metric counter(String name, String help, String... labels) {
    return new Metric(name, Collector.Type.COUNTER, help, labels);
  }

  /** How often something took how long. */
  static Metric histogram(String name, String help) {
    return new Metric(name, Collector.Type.HISTOGRAM, help);
  }

  /** Adds a value for these labels. */
  Metric add(Number value, String... labelValues) {
    samples.add(
        new MetricFamilySamples.Sample(name, labels, List.of(labelValues), value.doubleValue()));
    return this;
  }

  /** Adds a value under the name with an ending, such as that of a bucket of a histogram. */
  void addPart(String ending, List<String> names, List<String> labelValues, Number value) {
    samples.add(
        new MetricFamilySamples.Sample(name + ending, names, labelValues, value.doubleValue()));
  }

  MetricFamilySamples family() {
    return new MetricFamilySamples(name, type, help, samples);
  }
}
