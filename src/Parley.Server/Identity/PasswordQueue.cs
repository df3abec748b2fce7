namespace Parley.Server.Identity;

/// <summary>Runs the slow password hash one at a time off the request threads, so that logins cannot take the machine.</summary>
internal sealed class PasswordQueue(int longest = 256)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _waiting;

    /// <summary>The hash to store for a password that an operator sets.</summary>
    public Task<string> HashAsync(string password) => InTurnAsync(() => PasswordHash.Create(password));

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
