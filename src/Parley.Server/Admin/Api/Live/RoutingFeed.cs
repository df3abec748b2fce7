using System.Text;
using System.Text.Json;
using Parley.Server.Gateway;

namespace Parley.Server.Admin.Api.Live;

/// <summary>
/// Snapshots of one account's queue and agents, shared by all who follow them: however many these are, routing is asked at
/// most once a <see cref="Pause"/>.
/// </summary>
internal sealed class RoutingFeed(string accountId, GatewayServices services)
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private (Task Changed, long TakenAt, Task<byte[]> Event)? _latest;

    /// <summary>The latest snapshot, as an event; and what completes when it is not true any more.</summary>
    public (Task Changed, Task<byte[]> Event) Latest()
    {
        lock (_gate)
        {
            if (_latest is not { } latest || latest.Event.IsFaulted || (latest.Changed.IsCompleted && services.Time.GetElapsedTime(latest.TakenAt) >= Pause))
            {
                // Asked for before looking: what changes meanwhile is told.
                var changed = services.Routing.Of(accountId).NextChange;
                _latest = latest = (changed, services.Time.GetTimestamp(), TakeAsync());
            }

            return (latest.Changed, latest.Event);
        }
    }

    private async Task<byte[]> TakeAsync()
    {
        var picture = await RoutingPicture.TakeAsync(services, accountId);
        var snapshot = picture.Snapshot(services.Agents.Skills(accountId), services.Agents);
        return Encoding.UTF8.GetBytes($"event: snapshot\ndata: {JsonSerializer.Serialize(snapshot, AdminJson.Default.FeedSnapshot)}\n\n");
    }
}
