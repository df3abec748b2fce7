using Parley.Conversations;
using Parley.Server.Ownership;

namespace Parley.Server.Files;

/// <summary>The outcome of publishing a file: when it was not published, the record that it would be is withdrawn.</summary>
internal sealed class ShareReply(CommandReply reply, Func<Task> withdraw) : CommandReply
{
    public override void Succeed(Decision decision) => reply.Succeed(decision);

    public override void Refuse(Refusal refusal)
    {
        reply.Refuse(refusal);
        Withdraw();
    }

    public override void Unavailable()
    {
        reply.Unavailable();
        Withdraw();
    }

    /// <summary>The message may be there: so is the record.</summary>
    public override void Undecided() => reply.Undecided();

    // A record that stays makes the file last longer and lets nobody see it: failing to remove it needs no answer.
    private void Withdraw() => _ = withdraw();
}
