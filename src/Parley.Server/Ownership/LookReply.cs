using Parley.Conversations;

namespace Parley.Server.Ownership;

/// <summary>The answer to a look at a conversation, given when all it saw is durable.</summary>
internal sealed class LookReply(Action answer, Action unavailable) : CommandReply
{
    public override void Succeed(Decision decision) => answer();

    public override void Refuse(Refusal refusal) => throw new InvalidOperationException("A look is not refused.");

    public override void Unavailable() => unavailable();

    public override void Undecided() => unavailable();
}
