package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.PatternTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.data.redis.RedisIndexedSessionRepository;
import org.springframework.session.data.redis.RedisIndexedSessionRepository.RedisSession;
import org.springframework.session.data.redis.RedisSessionExpirationStore;
import org.springframework.session.data.redis.RedisSessionRepository;
import org.springframework.session.data.redis.config.ConfigureNotifyKeyspaceEventsAction;
import org.springframework.session.events.AbstractSessionEvent;

/** Sessions of web applications, as Spring Session keeps them. */
final class SpringSessionIT {

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void theDefaultRepository(Target target) throws Exception {
    try (Application application = new Application(target)) {
      keeps(application, new RedisSessionRepository(application.template()));
    }
  }

  private static <S extends Session> void keeps(
      Application application, SessionRepository<S> repository) {
    S session = repository.createSession();
    session.setAttribute("name", "Größe");
    session.setAttribute("cart", List.of("a", "b"));
    session.setMaxInactiveInterval(Duration.ofMinutes(10));
    repository.save(session);
    String key = "spring:session:sessions:" + session.getId();
    assertThat(application.strings().getExpire(key)).isBetween(595L, 600L);
    assertThat(application.strings().opsForHash().size(key)).isEqualTo(5);

    S found = Objects.requireNonNull(repository.findById(session.getId()));
    assertThat(found.<String>getAttribute("name")).isEqualTo("Größe");
    assertThat(found.<List<String>>getAttribute("cart")).containsExactly("a", "b");
    assertThat(found.getCreationTime()).isEqualTo(found.getLastAccessedTime());
    found.removeAttribute("cart");
    String old = found.getId();
    found.changeSessionId();
    repository.save(found);
    assertThat(repository.findById(old)).isNull();
    S renamed = Objects.requireNonNull(repository.findById(found.getId()));
    assertThat(renamed.getAttributeNames()).containsExactly("name");

    repository.deleteById(renamed.getId());
    assertThat(repository.findById(renamed.getId())).isNull();
    assertThatThrownBy(() -> repository.save(renamed)).hasMessage("Session was invalidated");

    S brief = repository.createSession();
    brief.setMaxInactiveInterval(Duration.ofSeconds(1));
    repository.save(brief);
    Eventually.eventually(
        "the session has expired",
        () -> !application.strings().hasKey("spring:session:sessions:" + brief.getId()));
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void eventsOfTheIndexedRepository(Target target) throws Exception {
    try (Application application = new Application(target)) {
      RedisIndexedSessionRepository repository = application.indexed();
      repository.setExpirationStore(new ServerExpires());

      RedisSession session = repository.createSession();
      session.setAttribute("name", "Größe");
      repository.save(session);
      assertThat(application.nextEvent()).isEqualTo("SessionCreatedEvent " + session.getId());
      RedisSession found = Objects.requireNonNull(repository.findById(session.getId()));
      assertThat(found.<String>getAttribute("name")).isEqualTo("Größe");
      found.changeSessionId();
      repository.save(found);
      assertThat(repository.findById(session.getId())).isNull();
      repository.deleteById(found.getId());
      assertThat(application.nextEvent()).isEqualTo("SessionDeletedEvent " + found.getId());

      expires(application, repository, repository.createSession());
      assertThat(application.events).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void sessionsOfAPrincipal(Target target) throws Exception {
    try (Application application = new Application(target)) {
      assumeTrue(application.knows("SADD"), "the index of principals is a set: no SADD here");
      RedisIndexedSessionRepository repository = application.indexed();

      RedisSession first = login(application, repository, "anna");
      RedisSession second = login(application, repository, "anna");
      RedisSession other = login(application, repository, "ben");
      assertThat(repository.findByPrincipalName("anna"))
          .containsOnlyKeys(first.getId(), second.getId());
      String old = first.getId();
      first.changeSessionId();
      repository.save(first);
      assertThat(repository.findByPrincipalName("anna"))
          .containsOnlyKeys(first.getId(), second.getId())
          .doesNotContainKey(old);
      repository.deleteById(second.getId());
      assertThat(application.nextEvent()).isEqualTo("SessionDeletedEvent " + second.getId());
      assertThat(repository.findByPrincipalName("anna")).containsOnlyKeys(first.getId());
      expires(application, repository, other);
      assertThat(repository.findByPrincipalName("ben")).isEmpty();
      repository.cleanUpExpiredSessions();
    }
  }

  private static RedisSession login(
      Application application, RedisIndexedSessionRepository repository, String name)
      throws InterruptedException {
    RedisSession session = repository.createSession();
    session.setAttribute(PRINCIPAL_NAME_INDEX_NAME, name);
    repository.save(session);
    assertThat(application.nextEvent()).isEqualTo("SessionCreatedEvent " + session.getId());
    return session;
  }

  private static void expires(
      Application application, RedisIndexedSessionRepository repository, RedisSession session)
      throws InterruptedException {
    boolean created = repository.findById(session.getId()) == null;
    session.setMaxInactiveInterval(Duration.ofSeconds(1));
    repository.save(session);
    if (created) {
      assertThat(application.nextEvent()).isEqualTo("SessionCreatedEvent " + session.getId());
    }
    assertThat(application.nextEvent()).isEqualTo("SessionExpiredEvent " + session.getId());
    assertThat(repository.findById(session.getId())).isNull();
  }

  /** Leaves it to the server alone to expire sessions in time. */
  private static final class ServerExpires implements RedisSessionExpirationStore {
    @Override
    public void save(RedisSession session) {}

    @Override
    public void remove(String sessionId) {}

    @Override
    public void cleanupExpiredSessions() {}
  }

  /** An application with its connections to a server of its own, and the events that reach it. */
  private static final class Application implements AutoCloseable {
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final ServerProcess server;
    private final LettuceConnectionFactory connections;
    private final RedisMessageListenerContainer listeners = new RedisMessageListenerContainer();

    Application(Target target) throws Exception {
      server = target.start();
      connections = new LettuceConnectionFactory("127.0.0.1", server.port());
      connections.afterPropertiesSet();
      connections.start();
    }

    RedisTemplate<String, Object> template() {
      RedisTemplate<String, Object> template = new RedisTemplate<>();
      template.setConnectionFactory(connections);
      template.setKeySerializer(RedisSerializer.string());
      template.setHashKeySerializer(RedisSerializer.string());
      template.afterPropertiesSet();
      return template;
    }

    StringRedisTemplate strings() {
      return new StringRedisTemplate(connections);
    }

    boolean knows(String command) throws IOException {
      try (RawClient client = server.connect()) {
        return client.call("COMMAND", "INFO", command).contains(command.toLowerCase(Locale.ROOT));
      }
    }

    /** The indexed repository, wired as its configuration class does. */
    RedisIndexedSessionRepository indexed() {
      RedisIndexedSessionRepository repository = new RedisIndexedSessionRepository(template());
      repository.setApplicationEventPublisher(event -> {
        if (event instanceof AbstractSessionEvent of) {
          events.add(event.getClass().getSimpleName() + " " + of.getSessionId());
        }
      });
      try (RedisConnection connection = connections.getConnection()) {
        new ConfigureNotifyKeyspaceEventsAction().configure(connection);
      }
      listeners.setConnectionFactory(connections);
      listeners.addMessageListener(
          repository,
          List.of(
              new ChannelTopic(repository.getSessionDeletedChannel()),
              new ChannelTopic(repository.getSessionExpiredChannel())));
      listeners.addMessageListener(
          repository, new PatternTopic(repository.getSessionCreatedChannelPrefix() + "*"));
      listeners.afterPropertiesSet();
      listeners.start();
      return repository;
    }

    String nextEvent() throws InterruptedException {
      return String.valueOf(events.poll(10, TimeUnit.SECONDS));
    }

    @Override
    public void close() throws IOException {
      listeners.stop();
      connections.destroy();
      server.close();
    }
  }
}
