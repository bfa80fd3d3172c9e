"""What is counted of the portal's work; no label ever carries an owner's words or an identifier."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

# A turn is felt as instant under half a second and as broken after ten.
TURN_BUCKETS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 2.0, 5.0, 10.0, 15.0)


class Metrics:
    """The portal's counters, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.turns = Counter(
            "boussole_turns", "Turns by outcome", ["outcome"], registry=self.registry
        )  # answered, failed, replayed, limited
        self.failures = Counter(
            "boussole_turn_failures", "Turns that failed, by reason", ["reason"], registry=self.registry
        )
        self.turn_seconds = Histogram(
            "boussole_turn_seconds",
            "Seconds from a message to its answer",
            buckets=TURN_BUCKETS,
            registry=self.registry,
        )
        self.conversations = Counter(
            "boussole_conversations", "Conversations opened and erased", ["event"], registry=self.registry
        )
        self.late = Counter(
            "boussole_late_answers", "Answers to messages that had to wait", registry=self.registry
        )
        self.streams = Gauge("boussole_event_streams", "Open event streams", registry=self.registry)
        self.redis_away = Gauge(
            "boussole_redis_away",
            "1 while rates are counted in memory because Redis does not answer",
            registry=self.registry,
        )
        self.channel_events = Counter(
            "boussole_channel_events",
            "Events of messaging channels by outcome",
            ["channel", "outcome"],
            registry=self.registry,
        )  # taken, repeated, refused
        self.channel_messages = Counter(
            "boussole_channel_messages",
            "Tries to send a message on a channel by outcome",
            ["channel", "outcome"],
            registry=self.registry,
        )  # sent, delayed, failed, undeliverable
        for outcome in ("answered", "failed", "replayed", "limited", "held"):
            self.turns.labels(outcome)

    def page(self) -> bytes:
        """Return every value in Prometheus' text format."""
        return generate_latest(self.registry)
