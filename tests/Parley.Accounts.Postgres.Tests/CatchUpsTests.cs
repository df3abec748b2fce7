using Parley.Accounts.Postgres.Following;
using Parley.Client.Tests.Peer;

namespace Parley.Accounts.Postgres.Tests;

public sealed class CatchUpsTests
{
    [Fact]
    public async Task Many_who_ask_at_once_share_a_run_that_began_after_them()
    {
        var runs = new List<TaskCompletionSource>();
        var began = new SemaphoreSlim(0);
        var catchUps = new CatchUps(() =>
        {
            runs.Add(new TaskCompletionSource());
            began.Release();
            return runs[^1].Task;
        });

        var first = catchUps.RunAsync();
        Assert.True(await began.WaitAsync(TimeSpan.FromSeconds(20)));
        var others = Enumerable.Range(0, 100).Select(_ => catchUps.RunAsync()).ToList();
        runs[0].SetResult();
        await first.Within();
        Assert.True(await began.WaitAsync(TimeSpan.FromSeconds(20)));

        Assert.Equal(2, runs.Count);
        Assert.All(others, other => Assert.False(other.IsCompleted));
        runs[1].SetResult();
        await Task.WhenAll(others).Within();
        Assert.Equal(2, runs.Count);
    }

    [Fact]
    public async Task A_run_that_fails_fails_for_those_who_shared_it_alone()
    {
        var isFirst = true;
        var catchUps = new CatchUps(() =>
        {
            (var fails, isFirst) = (isFirst, false);
            return fails ? Task.FromException(new IOException()) : Task.CompletedTask;
        });

        await Assert.ThrowsAsync<IOException>(() => catchUps.RunAsync().Within());
        await catchUps.RunAsync().Within();
    }
}
