package dev.redistill.it;

import static dev.redistill.it.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.cache.Cache;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.data.redis.cache.BatchStrategies;
import org.springframework.data.redis.cache.BatchStrategy;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** The cache of Spring over Spring Data Redis and Lettuce, with their default settings. */
final class SpringCacheIT {
  private static final Duration LONG = Duration.ofMinutes(10);

  @EnableCaching
  static final class Application {}

  interface Books {
    @Cacheable("books")
    @Nullable String title(int number);

    @CachePut(cacheNames = "books", key = "#p0")
    String rename(int number, String title);

    @CacheEvict("books")
    void forget(int number);

    @CacheEvict(cacheNames = "books", allEntries = true)
    void forgetAll();
  }

  /** The slow source that is spared; it knows one title. */
  static final class Shelf implements Books {
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public @Nullable String title(int number) {
      asked.incrementAndGet();
      return number == 1 ? "Größe" : null;
    }

    @Override
    public String rename(int number, String title) {
      return title;
    }

    @Override
    public void forget(int number) {}

    @Override
    public void forgetAll() {}
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void annotatedMethods(Target target) throws Exception {
    with(
        target,
        connections -> {
          Shelf shelf = new Shelf();
          try (AnnotationConfigApplicationContext context =
              new AnnotationConfigApplicationContext()) {
            context.register(Application.class);
            context.registerBean(Books.class, () -> shelf);
            context.registerBean(
                RedisCacheManager.class, () -> manager(connections, lasting(LONG)));
            context.refresh();
            Books books = context.getBean(Books.class);

            assertThat(books.title(1)).isEqualTo("Größe");
            assertThat(books.title(1)).isEqualTo("Größe");
            assertThat(books.title(2)).isNull();
            assertThat(books.title(2)).isNull();
            assertThat(shelf.asked).hasValue(2);
            assertThat(books.rename(2, "other")).isEqualTo("other");
            assertThat(books.title(2)).isEqualTo("other");
            assertThat(keys(connections)).containsExactlyInAnyOrder("books::1", "books::2");
            books.forget(1);
            assertThat(keys(connections)).containsExactly("books::2");
            assertThat(books.title(1)).isEqualTo("Größe");
            assertThat(shelf.asked).hasValue(3);
            books.forgetAll();
            assertThat(keys(connections)).isEmpty();
          }
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void clearsByKeys(Target target) throws Exception {
    with(target, connections -> clears(connections, BatchStrategies.keys()));
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void clearsByScan(Target target) throws Exception {
    with(target, connections -> clears(connections, BatchStrategies.scan(7)));
  }

  private static void clears(LettuceConnectionFactory connections, BatchStrategy strategy) {
    RedisCacheWriter writer =
        RedisCacheWriter.create(connections, it -> it.immediateWrites().batchStrategy(strategy));
    RedisCacheManager manager = RedisCacheManager.builder(writer).build();
    Cache many = cache(manager, "many");
    Cache other = cache(manager, "other");
    for (int i = 0; i < 300; i++) {
      many.put(i, i);
    }
    other.put("k", "stays");
    assertThat(many.get(299, Integer.class)).isEqualTo(299);
    many.clear();
    assertThat(keys(connections)).containsExactly("other::k");
    assertThat(many.get(299)).isNull();
    assertThat(other.get("k", String.class)).isEqualTo("stays");
    assertThat(other.invalidate()).isTrue();
    assertThat(keys(connections)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void timesToLive(Target target) throws Exception {
    with(
        target,
        connections -> {
          StringRedisTemplate redis = new StringRedisTemplate(connections);
          Cache lasting = cache(manager(connections, lasting(LONG)), "lasting");
          lasting.put("k", "v");
          assertThat(redis.getExpire("lasting::k")).isBetween(599L, 600L);
          Cache brief = cache(manager(connections, lasting(Duration.ofSeconds(1))), "brief");
          brief.put("k", "v");
          assertThat(brief.get("k", String.class)).isEqualTo("v");
          await(connections, "lasting::k");
          assertThat(brief.get("k")).isNull();

          Cache used = cache(manager(connections, lasting(LONG).enableTimeToIdle()), "used");
          used.put("k", "v");
          redis.expire("used::k", Duration.ofSeconds(10));
          assertThat(used.get("k", String.class)).isEqualTo("v");
          assertThat(redis.getExpire("used::k")).isBetween(599L, 600L);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void theLockingWriterAndLoaders(Target target) throws Exception {
    with(
        target,
        connections -> {
          RedisCacheWriter writer =
              RedisCacheWriter.create(connections, it -> it.immediateWrites().enableLocking());
          Cache cache = cache(RedisCacheManager.builder(writer).build(), "locked");
          AtomicInteger loads = new AtomicInteger();
          assertThat(cache.get("k", loads::incrementAndGet)).isEqualTo(1);
          assertThat(cache.get("k", loads::incrementAndGet)).isEqualTo(1);
          Cache.ValueWrapper there = cache.putIfAbsent("k", 9);
          assertThat(there).isNotNull().extracting(Cache.ValueWrapper::get).isEqualTo(1);
          assertThat(cache.putIfAbsent("other", 9)).isNull();
          assertThat(cache.evictIfPresent("other")).isTrue();
          assertThat(cache.evictIfPresent("other")).isFalse();
          assertThatThrownBy(() -> cache.get("fails", () -> Integer.parseInt("x")))
              .isInstanceOf(Cache.ValueRetrievalException.class);
          cache.clear();
          assertThat(keys(connections)).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void writesThatNobodyWaitsFor(Target target) throws Exception {
    with(
        target,
        connections -> {
          Cache cache = cache(RedisCacheManager.create(connections), "later");
          cache.put("a", 1);
          cache.put("b", 2);
          await(connections, "later::a", "later::b");
          cache.evict("a");
          await(connections, "later::b");
          cache.clear();
          await(connections);
        });
  }

  /** A cache whose writes are done when the call returns; Lettuce alone would not make it wait. */
  private static RedisCacheManager manager(
      LettuceConnectionFactory connections, RedisCacheConfiguration configuration) {
    return RedisCacheManager.builder(
            RedisCacheWriter.create(connections, it -> it.immediateWrites()))
        .cacheDefaults(configuration)
        .build();
  }

  private static RedisCacheConfiguration lasting(Duration ttl) {
    return RedisCacheConfiguration.defaultCacheConfig().entryTtl(ttl);
  }

  private static Cache cache(RedisCacheManager manager, String name) {
    return Objects.requireNonNull(manager.getCache(name));
  }

  private static void await(LettuceConnectionFactory connections, String... left) {
    eventually("only these are left", () -> keys(connections).equals(Set.of(left)));
  }

  private static Set<String> keys(LettuceConnectionFactory connections) {
    return Objects.requireNonNull(new StringRedisTemplate(connections).keys("*"));
  }

  private static void with(Target target, Consumer<LettuceConnectionFactory> action)
      throws Exception {
    try (ServerProcess server = target.start()) {
      LettuceConnectionFactory connections =
          new LettuceConnectionFactory("127.0.0.1", server.port());
      connections.afterPropertiesSet();
      connections.start();
      try {
        action.accept(connections);
      } finally {
        connections.destroy();
      }
    }
  }
}
