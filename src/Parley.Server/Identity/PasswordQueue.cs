namespace Parley.Server.Identity;

/// <summary>Runs the slow password hash one at a time off the request threads, so that logins cannot take the machine.</summary>
/// <param name="iterations">Of the hash; see <see cref="PasswordHash"/>.</param>
/// <param name="longest">So many may wait.</param>
internal sealed class PasswordQueue(int iterations, int longest = 256)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _waiting;

    /// <inheritdoc cref="PasswordHash.Nobody"/>
    public string Nobody { get; } = PasswordHash.Nobody(iterations);

    /// <summary>The hash to store for a password that an operator sets.</summary>
    public Task<string> HashAsync(string password) => InTurnAsync(() => PasswordHash.Create(password, iterations));

    /// <summary>The same beside whatever runs: for the start, when nobody can log in yet.</summary>
    public Task<string> HashAtOnceAsync(string password) => Task.Run(() => PasswordHash.Create(password, iterations));

    /// <summary>Runs <paramref name="attempt"/> in its turn, or answers TooMany when so many wait that waiting makes no sense.</summary>
    public async Task<LoginOutcome> TryAsync(Func<LoginOutcome> attempt)
    {
        try
        {
            return Interlocked.Increment(ref _waiting) > longest ? LoginOutcome.TooMany : await InTurnAsync(attempt);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<T> InTurnAsync<T>(Func<T> work)
    {
        await _turn.WaitAsync();
        try
        {
            return await Task.Run(work);
        }
        finally
        {
            _turn.Release();
        }
    }
}
