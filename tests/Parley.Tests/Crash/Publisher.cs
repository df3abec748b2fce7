using Parley.Client;

namespace Parley.Tests.Crash;

/// <summary>A consumer with a conversation of his own, who publishes several texts at a time, each as soon as an earlier one is acknowledged, and reads along.</summary>
internal sealed class Publisher(ConsumerClient consumer, string conversation) : IAsyncDisposable
{
    private const int AtATime = 4;

    /// <summary>Messages between two kills: a fast machine must not make more than can be read back.</summary>
    private static readonly int Ration = Kills.All ? 500 : 1000;

    /// <summary>Longer than any test: a publish is repeated until it is answered.</summary>
    private static readonly TimeSpan RetryFor = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _enough = new();
    private readonly SemaphoreSlim _ration = new(Ration);
    private readonly List<Stored> _acknowledged = [];
    private readonly List<Stored> _heard = [];
    private Task _publishing = Task.CompletedTask;
    private Task _hearing = Task.CompletedTask;

    /// <summary>The text of the last message of every publisher.</summary>
    public const string Last = "last";

    public string Conversation { get; } = conversation;

    public string Jwt => consumer.Jwt;

    /// <summary>Back within moments: the server is only gone for as long as it takes to start.</summary>
    public static ReconnectPolicy Impatient { get; } = new() { BaseDelay = TimeSpan.FromMilliseconds(20), MaxDelay = TimeSpan.FromMilliseconds(200) };

    public static async Task<Publisher> StartAsync(ParleyEndpoints endpoints)
    {
        ConsumerClient consumer = await ConsumerClient.SignUpAsync(endpoints, new ParleyClientOptions { Reconnect = Impatient, RetryFor = RetryFor });
        await consumer.ConnectAsync();
        var publisher = new Publisher(consumer, await consumer.RequestConversationAsync());
        publisher._publishing = Task.WhenAll(Enumerable.Range(0, AtATime).Select(lane => Task.Run(() => publisher.PublishAsync(lane))));
        publisher._hearing = Task.Run(publisher.HearAsync);
        return publisher;
    }

    /// <summary>The server has been killed: there may be as much again.</summary>
    public void Refill() => _ration.Release(Ration);

    /// <summary>Begins nothing more, and waits until all that was begun is acknowledged and heard.</summary>
    public async Task<(IReadOnlyList<Stored> Acknowledged, IReadOnlyList<Stored> Heard)> FinishAsync()
    {
        await _enough.CancelAsync();
        await _publishing;
        await PublishAsync(Last);
        await _hearing;
        return (_acknowledged, _heard);
    }

    public async ValueTask DisposeAsync()
    {
        await consumer.DisposeAsync();
        _enough.Dispose();
        _ration.Dispose();
    }

    private async Task PublishAsync(int lane)
    {
        try
        {
            for (int i = 0; ; i++)
            {
                await _ration.WaitAsync(_enough.Token);
                await PublishAsync($"{lane}:{i}");
            }
        }
        catch (OperationCanceledException) when (_enough.IsCancellationRequested)
        {
            // It is enough.
        }
    }

    private async Task PublishAsync(string text)
    {
        string eventId = Guid.NewGuid().ToString();
        long sequence = await consumer.PublishTextAsync(Conversation, text, new PublishOptions { EventId = eventId });
        lock (_acknowledged) _acknowledged.Add(new(sequence, eventId, text));
    }

    private async Task HearAsync()
    {
        await foreach (MessageEvent message in consumer.SubscribeMessagesAsync(Conversation))
        {
            _heard.Add(Stored.Read(message));
            if (message.Text == Last) return;
        }
    }
}
