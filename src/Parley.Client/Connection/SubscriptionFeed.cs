using System.Text.Json;

namespace Parley.Client;

/// <summary>A subscription that has an id, begins with a snapshot and goes on with changes; after a reconnect it begins again.</summary>
internal abstract class SubscriptionFeed<T>(Func<T, string> keyOf) : IFeed
{
    private string? _subscriptionId;
    private bool _expectsSnapshot;

    public LatestQueue<T> Queue { get; } = new(keyOf);

    protected abstract string RequestType { get; }

    protected abstract bool IsMine(string notificationType);

    protected abstract void WriteBody(Utf8JsonWriter body);

    protected abstract void Take(IEnumerable<JsonElement> changes, bool isSnapshot);

    public Request Subscribe() => new(RequestType, WriteBody)
    {
        IsRepeatable = true,
        OnAnswer = body => (_subscriptionId, _expectsSnapshot) = (body.Text("subscriptionId"), true),
    };

    public Task RestoreAsync(RequestChannel channel, CancellationToken cancellation) =>
        _subscriptionId is null ? Task.CompletedTask : channel.RequestAsync(Subscribe(), cancellation);

    public void Notice(string type, JsonElement body)
    {
        if (!IsMine(type) || body.Text("subscriptionId") is not { } id || id != _subscriptionId) return;
        Take(body.Member("changes").Items(), _expectsSnapshot);
        _expectsSnapshot = false;
    }

    public void Complete(Exception? reason) => Queue.Complete(reason);
}
