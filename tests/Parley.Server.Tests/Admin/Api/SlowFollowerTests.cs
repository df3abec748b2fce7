using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Parley.Client.Tests.Peer;
using Parley.Server.Admin.Api;
using Parley.Server.Tests.Ownership.Support;

namespace Parley.Server.Tests.Admin.Api;

public sealed class SlowFollowerTests
{
    [Fact]
    public async Task Who_takes_nothing_of_the_feed_for_ten_seconds_is_cut()
    {
        var (messaging, _) = await TestMessaging.StartInMemoryAsync();
        await using var server = messaging;
        using var stuck = new StuckBody();
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(stuck));
        context.Features.Set<IHttpRequestLifetimeFeature>(stuck);
        context.Request.RouteValues["account"] = TestMessaging.Account;
        var feed = AdminTable.All.Single(endpoint => endpoint.IsStream);
        var services = new AdminServices(messaging.Identity, null!, messaging.Services, CancellationToken.None);

        var following = feed.AnswerAsync(new AdminCall(context, feed, new AdminCaller(null), services));
        await stuck.Written.Within();
        messaging.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(stuck.IsAborted);
        messaging.Time.Advance(TimeSpan.FromSeconds(1));
        await following.Within();

        Assert.True(stuck.IsAborted);
    }

    /// <summary>The way to a client that does not read.</summary>
    private sealed class StuckBody : MemoryStream, IHttpRequestLifetimeFeature
    {
        private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Written => _written.Task;
        public bool IsAborted { get; private set; }
        public CancellationToken RequestAborted { get; set; }

        public void Abort() => IsAborted = true;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _written.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}
