using Parley.Conversations;
using Parley.Server.Ownership;

namespace Parley.Server.Gateway;

/// <summary>The outcome of a command becomes the answer of the request that gave it.</summary>
internal sealed class RequestReply(PendingAnswer answer, Action<PendingAnswer, Decision> succeed) : CommandReply
{
    public override void Succeed(Decision decision) => succeed(answer, decision);

    public override void Refuse(Refusal refusal) => answer.Refuse(refusal);

    public override void Unavailable() => answer.GiveUnavailable();

    public override void Undecided() => answer.CloseUnanswered();
}
