using Parley.Conversations;
using Parley.Server.Ownership;

namespace Parley.Cluster.Between;

/// <summary>For who asked a node that may have carried it out: he must not be told any more that nothing was stored.</summary>
internal sealed class InDoubtReply(CommandReply reply) : CommandReply
{
    public override void Succeed(Decision decision) => reply.Succeed(decision);

    public override void Refuse(Refusal refusal) => reply.Refuse(refusal);

    public override void Unavailable() => reply.Undecided();

    public override void Undecided() => reply.Undecided();
}
