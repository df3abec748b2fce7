using Parley.Conversations;
using Parley.Server.Ownership;

namespace Parley.Server.Tests.Ownership.Support;

/// <summary>Waits for the outcome of a command of the test itself.</summary>
internal sealed class TestReply : CommandReply
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public override void Succeed(Decision decision) => _done.TrySetResult();

    public override void Refuse(Refusal refusal) => _done.TrySetException(new InvalidOperationException(refusal.Details));

    public override void Unavailable() => _done.TrySetException(new InvalidOperationException("unavailable"));

    public override void Undecided() => _done.TrySetException(new InvalidOperationException("undecided"));
}
