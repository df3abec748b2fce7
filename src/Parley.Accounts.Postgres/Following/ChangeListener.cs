using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Parley.Accounts.Postgres.Following;

/// <summary>Catches up whenever another node announces a change, and every second in case an announcement was lost.</summary>
internal sealed class ChangeListener : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _database;
    private readonly Func<long> _applied;
    private readonly Func<Task> _catchUp;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _listening;
    private readonly ITimer _timer;
    private int _isAway;

    public ChangeListener(NpgsqlDataSource database, Func<long> applied, Func<Task> catchUp, TimeProvider time, ILogger log)
    {
        (_database, _applied, _catchUp, _time, _log) = (database, applied, catchUp, time, log);
        _listening = ListenAsync(_stop.Token);
        _timer = time.CreateTimer(_ => _ = CatchUpAsync(), null, Second, Second);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _stop.Cancel();
        _listening.GetAwaiter().GetResult();
        _stop.Dispose();
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await _database.OpenConnectionAsync(stop).ConfigureAwait(false);
                connection.Notification += (_, told) =>
                {
                    // This node's own writes are in memory already, most often.
                    if (long.Parse(told.Payload, CultureInfo.InvariantCulture) > _applied()) _ = CatchUpAsync();
                };
                await using (var listen = new NpgsqlCommand($"LISTEN {AccountTables.Channel}", connection)) await listen.ExecuteNonQueryAsync(stop).ConfigureAwait(false);
                while (true) await connection.WaitAsync(stop).ConfigureAwait(false);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception) // the clock catches up meanwhile, and tells what is wrong
            {
                await Task.Delay(Second, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task CatchUpAsync()
    {
        try
        {
            await _catchUp().ConfigureAwait(false);
            if (Interlocked.Exchange(ref _isAway, 0) == 1) LogMessages.StoreIsBack(_log);
        }
        catch (ObjectDisposedException)
        {
            // The store closes.
        }
        catch (Exception e) // nobody awaits this; the next second tries again
        {
            if (Interlocked.Exchange(ref _isAway, 1) == 0) LogMessages.StoreIsAway(_log, e);
        }
    }
}
