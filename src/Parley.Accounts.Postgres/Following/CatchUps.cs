namespace Parley.Accounts.Postgres.Following;

/// <summary>Does a work for many who ask at the same time: one run at a time, and each who asks gets the end of one that began after he asked.</summary>
internal sealed class CatchUps(Func<Task> run)
{
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private Task? _next;

    public Task RunAsync()
    {
        lock (_gate) return _next ??= RunNextAsync(_running);
    }

    // It yields first, so that it is known as the next one before it begins.
    private async Task RunNextAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_gate) (_running, _next) = (_next!, null);
        await run();
    }
}
