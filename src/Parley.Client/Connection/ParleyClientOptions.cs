namespace Parley.Client;

/// <summary>What is common to consumers and agents. The defaults suit a program that runs beside users; none needs to be set.</summary>
public class ParleyClientOptions
{
    /// <summary>
    /// What carries every HTTP request and upgrade, and decides whom to trust; see <see cref="CertificateTrust"/>. It stays the caller's and may serve
    /// many clients. Null: a handler of the client's own that trusts the system's authorities and those of <c>NODE_EXTRA_CA_CERTS</c>.
    /// </summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>The clock of all waits and limits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>When to connect again after a loss.</summary>
    public ReconnectPolicy Reconnect { get; init; } = new();

    /// <summary>How long to wait for a connection to open and be answered.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait for one answer.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a repeatable request (a publish, a query) is tried again across lost answers, reconnects, 429 and 503 before its last error is thrown.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often to ping; a connection on which nothing at all arrived for two and a half such intervals is taken for broken.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many requests may wait to be sent; beyond that, callers wait.</summary>
    public int SendQueueCapacity { get; init; } = 64;

    /// <summary>How many messages a subscription buffers for a reader that is behind. What does not fit is fetched again when he catches up: nothing is lost.</summary>
    public int MessageBuffer { get; init; } = 1024;

    /// <summary>The largest frame to accept, in bytes.</summary>
    public int MaxMessageSize { get; init; } = 4 * 1024 * 1024;
}
