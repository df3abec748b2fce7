namespace Parley.Client.Tests.Peer;

/// <summary>Every wait of a test ends: with what it waits for, or with a failure.</summary>
public static class Waiting
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static Task<T> Within<T>(this Task<T> task) => task.WaitAsync(Limit);

    public static Task Within(this Task task) => task.WaitAsync(Limit);

    /// <summary>The next item of a stream.</summary>
    public static async Task<T> NextAsync<T>(this IAsyncEnumerator<T> stream) =>
        await stream.MoveNextAsync().AsTask().Within() ? stream.Current : throw new InvalidOperationException("The stream ended.");
}
