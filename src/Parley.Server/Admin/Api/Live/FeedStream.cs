using Microsoft.AspNetCore.Http;
using Parley.Server.Identity;

namespace Parley.Server.Admin.Api.Live;

/// <summary>
/// Sends one follower the snapshots of a feed as server-sent events, until he goes, may not follow any longer, reads too slowly
/// or the server stops. Nothing waits for him but the snapshot being written: those in between are left out.
/// </summary>
internal sealed class FeedStream(AdminCall call, RoutingFeed feed)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time = call.Services.Time;

    public async Task RunAsync()
    {
        var context = call.Context;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, call.Services.Stopping);
        call.Services.Identity.Events.Revoked += OnRevoked;
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers["X-Accel-Buffering"] = "no"; // proxies pass it on at once
            byte[]? sent = null;
            while (MayFollow)
            {
                var (changed, taken) = feed.Latest();
                var snapshot = await taken.WaitAsync(end.Token);
                if (sent is null || !snapshot.AsSpan().SequenceEqual(sent)) await WriteAsync(sent = snapshot, end.Token);
                await Task.Delay(RoutingFeed.Pause, _time, end.Token);
                while (MayFollow && !await ChangesAsync(changed, end.Token)) await WriteAsync(":\n\n"u8.ToArray(), end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // He or the server went, or he may not follow any longer.
        }
        finally
        {
            call.Services.Identity.Events.Revoked -= OnRevoked;
        }

        void OnRevoked(Revocation revocation)
        {
            if (!call.Caller.IsHitBy(revocation, call.AccountId)) return;
            try
            {
                end.CancelAsync();
            }
            catch (ObjectDisposedException)
            {
                // He had gone already.
            }
        }
    }

    // Asked again and again: sessions end, and what was taken back while the stream began was told to nobody.
    private bool MayFollow => call.Caller.Session is not { } session
        ? call.Services.Identity.Accounts.Find(call.AccountId) is not null
        : session.ExpiresAt > _time.GetUtcNow() && session.Agent.Enabled && session.Agent.Role >= call.Endpoint.Least;

    private async Task<bool> ChangesAsync(Task changed, CancellationToken cancellationToken)
    {
        try
        {
            await changed.WaitAsync(KeepAlive, _time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task WriteAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await call.Context.Response.Body.WriteAsync(bytes, both.Token);
            await call.Context.Response.Body.FlushAsync(both.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            call.Context.Abort();
            throw;
        }
    }
}
